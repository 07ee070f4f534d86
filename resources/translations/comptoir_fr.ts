<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>Comptoir {0}</source>
        <translation>Comptoir {0}</translation>
    </message>
    <message>
        <source>Practice catalogue</source>
        <translation>Catalogue d’exercice</translation>
    </message>
    <message>
        <source>Contains data from BuildCores OpenDB, licence ODC-By 1.0; prices are invented.</source>
        <translation>Contient des données de BuildCores OpenDB, licence ODC-By 1.0&#x202f;; les prix sont inventés.</translation>
    </message>
    <message>
        <source>Typeface Inter</source>
        <translation>Police Inter</translation>
    </message>
    <message>
        <source>Icons Phosphor, through QtAwesome</source>
        <translation>Icônes Phosphor, par QtAwesome</translation>
    </message>
    <message>
        <source>Qt and PySide6</source>
        <translation>Qt et PySide6</translation>
    </message>
    <message>
        <source>SQLCipher and SQLite</source>
        <translation>SQLCipher et SQLite</translation>
    </message>
    <message>
        <source>Other packages</source>
        <translation>Autres composants</translation>
    </message>
    <message>
        <source>listed with their licences in docs/third_party.md</source>
        <translation>énumérés avec leurs licences dans docs/third_party.md</translation>
    </message>
</context>
<context>
    <name>AgesCard</name>
    <message>
        <source>Age of the data</source>
        <translation>Âge des données</translation>
    </message>
</context>
<context>
    <name>AgesList</name>
    <message>
        <source>{0}, not complete</source>
        <translation>{0}, incomplet</translation>
    </message>
    <message>
        <source>{0}, to be confirmed</source>
        <translation>{0}, à confirmer</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 ligne</translation>
    </message>
    <message>
        <source>{0} rows</source>
        <translation>{0} lignes</translation>
    </message>
    <message>
        <source>{0}, unlike the manufacturer</source>
        <translation>{0}, autres que le fabricant</translation>
    </message>
    <message>
        <source>{0}, as the manufacturer · {1}</source>
        <translation>{0}, comme le fabricant · {1}</translation>
    </message>
</context>
<context>
    <name>AgesSection</name>
    <message>
        <source>Age of the data</source>
        <translation>Âge des données</translation>
    </message>
</context>
<context>
    <name>AmountsPanel</name>
    <message>
        <source>Amounts</source>
        <translation>Montants</translation>
    </message>
    <message>
        <source>Goods excl. VAT</source>
        <translation>Marchandises HT</translation>
    </message>
    <message>
        <source>Order discount</source>
        <translation>Remise sur la commande</translation>
    </message>
    <message>
        <source>Eco-contribution</source>
        <translation>Éco-participation</translation>
    </message>
    <message>
        <source>Private copying levy</source>
        <translation>Copie privée</translation>
    </message>
    <message>
        <source>Carriage</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Carriage, express</source>
        <translation>Port, express</translation>
    </message>
    <message>
        <source>Small-order fees</source>
        <translation>Frais de petite commande</translation>
    </message>
    <message>
        <source>Total incl. VAT</source>
        <translation>Total TTC</translation>
    </message>
    <message>
        <source>Why this total</source>
        <translation>Pourquoi ce total</translation>
    </message>
    <message>
        <source>Invoices</source>
        <translation>Factures</translation>
    </message>
    <message>
        <source>Still to invoice</source>
        <translation>Reste à facturer</translation>
    </message>
    <message>
        <source>What it earns</source>
        <translation>Ce qu’elle rapporte</translation>
    </message>
    <message>
        <source>earned</source>
        <translation>acquis</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>estimé</translation>
    </message>
    <message>
        <source>Online bonus, {0}</source>
        <translation>Bonus en ligne, {0}</translation>
    </message>
    <message>
        <source>Back-margin, estimated</source>
        <translation>Marge arrière, estimée</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Livraison</translation>
    </message>
    <message>
        <source>to your address</source>
        <translation>à votre adresse</translation>
    </message>
    <message>
        <source>wanted for {0}</source>
        <translation>souhaité pour le {0}</translation>
    </message>
    <message>
        <source>as soon as possible</source>
        <translation>dès que possible</translation>
    </message>
    <message>
        <source>all at once</source>
        <translation>en une fois</translation>
    </message>
    <message>
        <source>each part as soon as it is there</source>
        <translation>chaque partie dès qu’elle est là</translation>
    </message>
    <message>
        <source>express, {0}</source>
        <translation>express, {0}</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>1 order was sent again with its price and number.</source>
        <translation>1 commande a été renvoyée avec ses prix et son numéro.</translation>
    </message>
    <message>
        <source>{0} orders were sent again with their prices and numbers.</source>
        <translation>{0} commandes ont été renvoyées avec leurs prix et leurs numéros.</translation>
    </message>
    <message>
        <source>1 order is about to be sent again.</source>
        <translation>1 commande va être renvoyée.</translation>
    </message>
    <message>
        <source>{0} orders are about to be sent again.</source>
        <translation>{0} commandes vont être renvoyées.</translation>
    </message>
    <message>
        <source>1 order needs you.</source>
        <translation>1 commande a besoin de vous.</translation>
    </message>
    <message>
        <source>{0} orders need you.</source>
        <translation>{0} commandes ont besoin de vous.</translation>
    </message>
    <message>
        <source>Some of its answers changed; the history of each order tells which.</source>
        <translation>Certaines de ses réponses ont changé&#x202f;; l’historique de chaque commande dit lesquelles.</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Take the smaller catalogue</source>
        <translation>Prendre le catalogue réduit</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server was put back to an earlier state.</source>
        <translation>Le serveur du fabricant a été remis dans un état antérieur.</translation>
    </message>
    <message>
        <source>Online. Orders leave as soon as you send them.</source>
        <translation>En ligne. Les commandes partent dès que vous les envoyez.</translation>
    </message>
    <message>
        <source>Offline. You can go on working.</source>
        <translation>Hors ligne. Vous pouvez continuer à travailler.</translation>
    </message>
    <message>
        <source>Offline since {0}. You can go on working.</source>
        <translation>Hors ligne depuis {0}. Vous pouvez continuer à travailler.</translation>
    </message>
    <message>
        <source>Offline since {0}, for {1}. You can go on working.</source>
        <translation>Hors ligne depuis {0}, soit {1}. Vous pouvez continuer à travailler.</translation>
    </message>
    <message>
        <source>Reason: {0}.</source>
        <translation>Raison&#x202f;: {0}.</translation>
    </message>
    <message>
        <source>Next try at {0}.</source>
        <translation>Prochain essai à {0}.</translation>
    </message>
    <message>
        <source>Last synchronised {0}.</source>
        <translation>Dernière synchronisation {0}.</translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation>Rien n’attend.</translation>
    </message>
    <message>
        <source>Nothing waits; what you send is kept here.</source>
        <translation>Rien n’attend&#x202f;; ce que vous envoyez est gardé ici.</translation>
    </message>
    <message>
        <source>1 order is leaving.</source>
        <translation>1 commande part.</translation>
    </message>
    <message>
        <source>{0} orders are leaving.</source>
        <translation>{0} commandes partent.</translation>
    </message>
    <message>
        <source>1 order is kept on this desk and leaves by itself when the network returns.</source>
        <translation>1 commande est gardée sur ce poste et partira d’elle-même au retour du réseau.</translation>
    </message>
    <message>
        <source>{0} orders are kept on this desk and leave by themselves when the network returns.</source>
        <translation>{0} commandes sont gardées sur ce poste et partiront d’elles-mêmes au retour du réseau.</translation>
    </message>
</context>
<context>
    <name>BreakCards</name>
    <message>
        <source>from {0}</source>
        <translation>dès {0}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} à {1}</translation>
    </message>
</context>
<context>
    <name>BringIn</name>
    <message>
        <source>Lists (CSV, text)</source>
        <translation>Listes (CSV, texte)</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Import lines</source>
        <translation>Importer des lignes</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>Dossier&#x202f;:</translation>
    </message>
    <message>
        <source>File name:</source>
        <translation>Nom du fichier&#x202f;:</translation>
    </message>
    <message>
        <source>Kind of file:</source>
        <translation>Type de fichier&#x202f;:</translation>
    </message>
    <message>
        <source>{0} brought in.</source>
        <translation>{0} ajoutées.</translation>
    </message>
</context>
<context>
    <name>CarriageRow</name>
    <message>
        <source>carriage free</source>
        <translation>franco atteint</translation>
    </message>
    <message>
        <source>free but for express</source>
        <translation>franco, hors express</translation>
    </message>
    <message>
        <source>{0} more for free carriage</source>
        <translation>plus que {0} avant le franco</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>Words in any order, reference, EAN</source>
        <translation>Mots dans le désordre, référence, EAN</translation>
    </message>
    <message>
        <source>Search the catalogue</source>
        <translation>Chercher dans le catalogue</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Vider la recherche</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <source>Result above</source>
        <translation>Résultat précédent</translation>
    </message>
    <message>
        <source>Result below</source>
        <translation>Résultat suivant</translation>
    </message>
    <message>
        <source>Order the product</source>
        <translation>Commander le produit</translation>
    </message>
    <message>
        <source>Add it to the open draft</source>
        <translation>L’ajouter au brouillon en cours</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message>
        <source>Back to the search</source>
        <translation>Revenir à la recherche</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Et si</translation>
    </message>
    <message>
        <source>Copy the calculation</source>
        <translation>Copier le calcul</translation>
    </message>
    <message>
        <source>more than {0} products</source>
        <translation>plus de {0} produits</translation>
    </message>
    <message>
        <source>1 product</source>
        <translation>1 produit</translation>
    </message>
    <message>
        <source>{0} products</source>
        <translation>{0} produits</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>Try fewer words, a part of the reference, or give up a filter.</source>
        <translation>Essayez moins de mots, un morceau de la référence, ou retirez un filtre.</translation>
    </message>
    <message>
        <source>browse</source>
        <translation>parcourir</translation>
    </message>
    <message>
        <source>order</source>
        <translation>commander</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>filtres</translation>
    </message>
</context>
<context>
    <name>Change</name>
    <message>
        <source>A change is asked for</source>
        <translation>Une modification est demandée</translation>
    </message>
    <message>
        <source>The change was refused</source>
        <translation>La modification est refusée</translation>
    </message>
    <message>
        <source>Changed as you asked</source>
        <translation>Modifiée comme vous l’avez demandé</translation>
    </message>
    <message>
        <source>{0} You asked for: {1}.</source>
        <translation>{0} Vous demandiez&#x202f;: {1}.</translation>
    </message>
    <message>
        <source>{0}. It waits: {1}.</source>
        <translation>{0}. Elle attend&#x202f;: {1}.</translation>
    </message>
    <message>
        <source>1 more line</source>
        <translation>1 ligne de plus</translation>
    </message>
    <message>
        <source>{0} more lines</source>
        <translation>{0} lignes de plus</translation>
    </message>
    <message>
        <source>wanted for {0}</source>
        <translation>souhaitée pour le {0}</translation>
    </message>
    <message>
        <source>no wanted date</source>
        <translation>sans date souhaitée</translation>
    </message>
    <message>
        <source>reference {0}</source>
        <translation>référence {0}</translation>
    </message>
    <message>
        <source>no reference</source>
        <translation>sans référence</translation>
    </message>
    <message>
        <source>another note</source>
        <translation>autre note</translation>
    </message>
    <message>
        <source>no note</source>
        <translation>sans note</translation>
    </message>
    <message>
        <source>{0} taken out</source>
        <translation>{0}&#x202f;: retiré</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} de {1}</translation>
    </message>
</context>
<context>
    <name>ChangeSheet</name>
    <message>
        <source>any day</source>
        <translation>n’importe quel jour</translation>
    </message>
    <message>
        <source>for the manufacturer</source>
        <translation>pour le fabricant</translation>
    </message>
    <message>
        <source>find a line: its name or number</source>
        <translation>trouver une ligne&#x202f;: son nom ou son numéro</translation>
    </message>
    <message>
        <source>Find a line</source>
        <translation>Trouver une ligne</translation>
    </message>
    <message>
        <source>Ask the manufacturer</source>
        <translation>Demander au fabricant</translation>
    </message>
    <message>
        <source>Keep it as it is</source>
        <translation>Laisser ainsi</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Wanted for</source>
        <translation>Souhaitée pour le</translation>
    </message>
    <message>
        <source>Lines can only become less. What is left keeps its price; carriage is worked out anew. The manufacturer decides.</source>
        <translation>Les lignes ne peuvent que diminuer. Ce qui reste garde son prix&#x202f;; le port est recalculé. Le fabricant décide.</translation>
    </message>
    <message>
        <source>Change {0}</source>
        <translation>Modifier {0}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>1 more line: find it by its words.</source>
        <translation>1 ligne de plus&#x202f;: cherchez-la par ses mots.</translation>
    </message>
    <message>
        <source>{0} more lines: find them by their words.</source>
        <translation>{0} lignes de plus&#x202f;: cherchez-les par leurs mots.</translation>
    </message>
    <message>
        <source>Left of {0}, {1} ordered</source>
        <translation>Reste de {0}, {1} commandés</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>sur {0}</translation>
    </message>
    <message>
        <source>from 0 to {0}</source>
        <translation>de 0 à {0}</translation>
    </message>
    <message>
        <source>sold by the pack</source>
        <translation>vendu par lot</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>retiré</translation>
    </message>
    <message>
        <source>{0} less</source>
        <translation>{0} de moins</translation>
    </message>
    <message>
        <source>nothing is changed yet</source>
        <translation>rien n’est encore modifié</translation>
    </message>
    <message>
        <source>{0}: this number cannot be asked for.</source>
        <translation>{0}&#x202f;: ce nombre ne peut pas être demandé.</translation>
    </message>
    <message>
        <source>No line would be left: cancel the order instead.</source>
        <translation>Il ne resterait aucune ligne&#x202f;: annulez plutôt la commande.</translation>
    </message>
    <message>
        <source>1 line becomes less</source>
        <translation>1 ligne diminue</translation>
    </message>
    <message>
        <source>{0} lines become less</source>
        <translation>{0} lignes diminuent</translation>
    </message>
    <message>
        <source>1 line is taken out</source>
        <translation>1 ligne est retirée</translation>
    </message>
    <message>
        <source>{0} lines are taken out</source>
        <translation>{0} lignes sont retirées</translation>
    </message>
    <message>
        <source>wanted for {0}</source>
        <translation>souhaitée pour le {0}</translation>
    </message>
    <message>
        <source>no wanted date</source>
        <translation>sans date souhaitée</translation>
    </message>
    <message>
        <source>another reference</source>
        <translation>autre référence</translation>
    </message>
    <message>
        <source>another note</source>
        <translation>autre note</translation>
    </message>
</context>
<context>
    <name>ChangedTermsPanel</name>
    <message>
        <source>Take all</source>
        <translation>Tout accepter</translation>
    </message>
    <message>
        <source>Answer with these choices</source>
        <translation>Répondre avec ces choix</translation>
    </message>
    <message>
        <source>one line of {0} changes</source>
        <translation>une ligne sur {0} change</translation>
    </message>
    <message>
        <source>{1} lines of {0} change</source>
        <translation>{1} lignes sur {0} changent</translation>
    </message>
    <message>
        <source>The manufacturer answered {0} with its own terms: {1}.</source>
        <translation>Le fabricant a répondu {0} avec ses conditions&#x202f;: {1}.</translation>
    </message>
    <message>
        <source>The answer leaves at once.</source>
        <translation>La réponse part aussitôt.</translation>
    </message>
    <message>
        <source>The answer leaves with the network.</source>
        <translation>La réponse partira au retour du réseau.</translation>
    </message>
    <message>
        <source>Your answer to {0} is saved.</source>
        <translation>Votre réponse à {0} est enregistrée.</translation>
    </message>
    <message>
        <source>The lines asked about wait in draft {0}.</source>
        <translation>Les lignes à demander attendent dans le brouillon {0}.</translation>
    </message>
    <message>
        <source>Terms changed</source>
        <translation>Conditions modifiées</translation>
    </message>
    <message>
        <source>Effect on the total incl. VAT</source>
        <translation>Effet sur le total TTC</translation>
    </message>
</context>
<context>
    <name>ComparedModel</name>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>La mienne</translation>
    </message>
    <message>
        <source>Total incl. VAT</source>
        <translation>Total TTC</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>non transmis</translation>
    </message>
    <message>
        <source>{0}, from {1}</source>
        <translation>{0}, chez {1}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message>
        <source>Net price {0}</source>
        <translation>Prix net {0}</translation>
    </message>
    <message>
        <source>{0} at {1}</source>
        <translation>{0} à {1}</translation>
    </message>
    <message>
        <source>{0} off each</source>
        <translation>{0} par unité</translation>
    </message>
    <message>
        <source>not in the catalogue</source>
        <translation>absent du catalogue</translation>
    </message>
    <message>
        <source>family</source>
        <translation>famille</translation>
    </message>
    <message>
        <source>brand</source>
        <translation>marque</translation>
    </message>
    <message>
        <source>All products</source>
        <translation>Tous les produits</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>dès {0}</translation>
    </message>
    <message>
        <source>contradictory</source>
        <translation>contradictoire</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nouvelle</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modifiée</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>retirée</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>à venir</translation>
    </message>
    <message>
        <source>over</source>
        <translation>finie</translation>
    </message>
    <message>
        <source>until {0}</source>
        <comment>a date in figures</comment>
        <translation>au {0}</translation>
    </message>
    <message>
        <source>from {0}</source>
        <comment>a date in figures</comment>
        <translation>dès le {0}</translation>
    </message>
    <message>
        <source>since {0}</source>
        <comment>a date in figures</comment>
        <translation>du {0}</translation>
    </message>
    <message>
        <source>without end</source>
        <translation>sans fin</translation>
    </message>
    <message>
        <source>where that is cheaper than your other discounts</source>
        <translation>si c’est plus avantageux que vos autres remises</translation>
    </message>
    <message>
        <source>in place of your other discounts</source>
        <translation>à la place de vos autres remises</translation>
    </message>
    <message>
        <source>on top of your other discounts</source>
        <translation>en plus de vos autres remises</translation>
    </message>
    <message>
        <source>for you alone</source>
        <translation>pour vous seul</translation>
    </message>
    <message>
        <source>for your group</source>
        <translation>pour votre groupe</translation>
    </message>
    <message>
        <source>for every dealer</source>
        <translation>pour tous les revendeurs</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>reste {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>Stock for all dealers</source>
        <translation>Stock pour tous les revendeurs</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Dès</translation>
    </message>
    <message>
        <source>Counted on</source>
        <translation>Comptée sur</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Wholesaler</source>
        <translation>Grossiste</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>Only for</source>
        <translation>Seulement pour</translation>
    </message>
    <message>
        <source>With other discounts</source>
        <translation>Avec les autres remises</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Quantity in all</source>
        <translation>Quantité en tout</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>all lines of the assortment together</source>
        <translation>toutes les lignes de l’assortiment ensemble</translation>
    </message>
    <message>
        <source>orders placed online</source>
        <translation>les commandes en ligne</translation>
    </message>
    <message>
        <source>the family {0}</source>
        <translation>la famille {0}</translation>
    </message>
    <message>
        <source>the brand {0}</source>
        <translation>la marque {0}</translation>
    </message>
    <message>
        <source>all products</source>
        <translation>tous les produits</translation>
    </message>
    <message>
        <source>You pay the contract net price of {0} for {1}</source>
        <translation>Vous payez le prix net du contrat, {0}, pour {1}</translation>
    </message>
    <message>
        <source>You pay the special price of {0} for {1}</source>
        <translation>Vous payez le prix de dérogation, {0}, pour {1}</translation>
    </message>
    <message>
        <source>On promotion you pay {0} for {1}</source>
        <translation>En promotion, vous payez {0} pour {1}</translation>
    </message>
    <message>
        <source>You pay {0} for {1}</source>
        <translation>Vous payez {0} pour {1}</translation>
    </message>
    <message>
        <source>You get {0} off the order, counted on {1}</source>
        <translation>Vous avez {0} de remise sur la commande, comptée sur {1}</translation>
    </message>
    <message>
        <source>On promotion you get {0} off {1}</source>
        <translation>En promotion, vous avez {0} de remise sur {1}</translation>
    </message>
    <message>
        <source>For the quantity you get {0} off {1}</source>
        <translation>Pour la quantité, vous avez {0} de remise sur {1}</translation>
    </message>
    <message>
        <source>As a special price you get {0} off {1}</source>
        <translation>En dérogation, vous avez {0} de remise sur {1}</translation>
    </message>
    <message>
        <source>You get {0} off {1}</source>
        <translation>Vous avez {0} de remise sur {1}</translation>
    </message>
    <message>
        <source>from {0} of goods on</source>
        <translation>à partir de {0} de marchandises</translation>
    </message>
    <message>
        <source>from {0} units on, all lines of the assortment together</source>
        <translation>à partir de {0} unités, toutes lignes de l’assortiment confondues</translation>
    </message>
    <message>
        <source>from {0} units on</source>
        <translation>à partir de {0} unités</translation>
    </message>
    <message>
        <source>bought from {0}</source>
        <translation>chez {0}</translation>
    </message>
    <message>
        <source>for your client {0}</source>
        <translation>pour votre client {0}</translation>
    </message>
    <message>
        <source>for {0} units in all</source>
        <translation>pour {0} unités en tout</translation>
    </message>
</context>
<context>
    <name>ConditionExport</name>
    <message>
        <source>conditions</source>
        <translation>conditions</translation>
    </message>
    <message>
        <source>rises</source>
        <translation>hausses</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Exporter la liste</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>Tableau (CSV)</translation>
    </message>
    <message>
        <source>1 row written to {1}.</source>
        <translation>1 ligne écrite dans {1}.</translation>
    </message>
    <message>
        <source>{0} rows written to {1}.</source>
        <translation>{0} lignes écrites dans {1}.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Sur</translation>
    </message>
    <message>
        <source>Name of what it holds on</source>
        <translation>Désignation</translation>
    </message>
    <message>
        <source>Wholesaler</source>
        <translation>Grossiste</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>From day</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>Au</translation>
    </message>
    <message>
        <source>From quantity</source>
        <translation>Dès la quantité</translation>
    </message>
    <message>
        <source>Quantity counted on</source>
        <translation>Quantité comptée sur</translation>
    </message>
    <message>
        <source>From amount</source>
        <translation>Dès le montant</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>With other discounts</source>
        <translation>Avec les autres remises</translation>
    </message>
    <message>
        <source>Quota</source>
        <translation>Quantité en tout</translation>
    </message>
    <message>
        <source>Quota left</source>
        <translation>Quantité restante</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Libellé</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Value before</source>
        <translation>Valeur d’avant</translation>
    </message>
    <message>
        <source>In one sentence</source>
        <translation>En une phrase</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>List price today</source>
        <translation>Tarif aujourd’hui</translation>
    </message>
    <message>
        <source>List price then</source>
        <translation>Tarif ensuite</translation>
    </message>
    <message>
        <source>My net today</source>
        <translation>Mon net aujourd’hui</translation>
    </message>
    <message>
        <source>My net then</source>
        <translation>Mon net ensuite</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>euros</source>
        <translation>euros</translation>
    </message>
    <message>
        <source>net price</source>
        <translation>prix net</translation>
    </message>
    <message>
        <source>online</source>
        <translation>en ligne</translation>
    </message>
    <message>
        <source>line</source>
        <translation>ligne</translation>
    </message>
    <message>
        <source>assortment</source>
        <translation>assortiment</translation>
    </message>
    <message>
        <source>on top</source>
        <translation>en plus</translation>
    </message>
    <message>
        <source>the better one</source>
        <translation>la meilleure</translation>
    </message>
    <message>
        <source>in place</source>
        <translation>à la place</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>en vigueur</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>à venir</translation>
    </message>
    <message>
        <source>over</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>contradictory</source>
        <translation>contradictoire</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nouvelle</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modifiée</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>retirée</translation>
    </message>
    <message>
        <source>new list price</source>
        <translation>nouveau tarif</translation>
    </message>
    <message>
        <source>a discount ends</source>
        <translation>une remise finit</translation>
    </message>
    <message>
        <source>a condition begins</source>
        <translation>une condition commence</translation>
    </message>
</context>
<context>
    <name>ConditionFilters</name>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>As the conditions stood on</source>
        <translation>Les conditions telles qu’elles étaient le</translation>
    </message>
    <message>
        <source>A day as you write it: 15/06, 1 June, -7</source>
        <translation>Un jour comme vous l’écrivez&#x202f;: 15/06, 1er juin, -7</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>Au</translation>
    </message>
    <message>
        <source>Family: {0}</source>
        <translation>Famille&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Family: all</source>
        <translation>Famille&#x202f;: toutes</translation>
    </message>
    <message>
        <source>Document: {0}</source>
        <translation>Document&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Document: all</source>
        <translation>Document&#x202f;: tous</translation>
    </message>
    <message>
        <source>Give up the filter {0}</source>
        <translation>Retirer le filtre {0}</translation>
    </message>
    <message>
        <source>All families</source>
        <translation>Toutes les familles</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Famille</translation>
    </message>
    <message>
        <source>a part of its name</source>
        <translation>une partie de son nom</translation>
    </message>
    <message>
        <source>All documents</source>
        <translation>Tous les documents</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>its number or its name</source>
        <translation>son numéro ou son nom</translation>
    </message>
    <message>
        <source>1 condition</source>
        <translation>1 condition</translation>
    </message>
    <message>
        <source>{0} conditions</source>
        <translation>{0} conditions</translation>
    </message>
</context>
<context>
    <name>ConditionPanel</name>
    <message>
        <source>Choose a condition: what it means and what it touches appear here.</source>
        <translation>Choisissez une condition&#x202f;: ce qu’elle dit et ce qu’elle touche s’affichent ici.</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>Et si…</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Contradictory: another record says something else with the same right, so neither counts.</source>
        <translation>Contradictoire&#x202f;: une autre condition de même rang dit autre chose, aucune des deux ne compte.</translation>
    </message>
    <message>
        <source>without start and end</source>
        <translation>sans début ni fin</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>Only for</source>
        <translation>Seulement pour</translation>
    </message>
    <message>
        <source>Quota left</source>
        <translation>Quota restant</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>{0} instead of {1}</source>
        <translation>{0} au lieu de {1}</translation>
    </message>
    <message>
        <source>more than {0} products</source>
        <translation>plus de {0} produits</translation>
    </message>
    <message>
        <source>Products it touches</source>
        <translation>Produits concernés</translation>
    </message>
    <message>
        <source>None in today&apos;s catalogue.</source>
        <translation>Aucun dans le catalogue du jour.</translation>
    </message>
    <message>
        <source>1 product</source>
        <translation>1 produit</translation>
    </message>
    <message>
        <source>{0} products</source>
        <translation>{0} produits</translation>
    </message>
    <message>
        <source>Open {0} in the catalogue</source>
        <translation>Ouvrir {0} dans le catalogue</translation>
    </message>
    <message>
        <source>Open the product</source>
        <translation>Ouvrir le produit</translation>
    </message>
    <message>
        <source>See its products</source>
        <translation>Voir ses produits</translation>
    </message>
    <message>
        <source>See its {0} products</source>
        <translation>Voir ses {0} produits</translation>
    </message>
</context>
<context>
    <name>ConditionViews</name>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifiées</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>Finissent</translation>
    </message>
    <message>
        <source>Ahead</source>
        <translation>À venir</translation>
    </message>
    <message>
        <source>Dearer</source>
        <translation>Hausses</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message>
        <source>All conditions</source>
        <translation>Toutes les conditions</translation>
    </message>
    <message>
        <source>What changed since last week</source>
        <translation>Ce qui a changé depuis une semaine</translation>
    </message>
    <message>
        <source>What ends this month</source>
        <translation>Ce qui finit ce mois-ci</translation>
    </message>
    <message>
        <source>What is announced and not yet in force</source>
        <translation>Ce qui est annoncé et pas encore en vigueur</translation>
    </message>
    <message>
        <source>What becomes dearer, and from which day</source>
        <translation>Ce qui augmente, et à partir de quel jour</translation>
    </message>
    <message>
        <source>Records that contradict each other, so that neither counts</source>
        <translation>Les conditions qui se contredisent&#x202f;: aucune des deux ne compte</translation>
    </message>
    <message>
        <source>No condition matches</source>
        <translation>Aucune condition ne correspond</translation>
    </message>
    <message>
        <source>Try fewer words, or give up a filter.</source>
        <translation>Essayez avec moins de mots, ou retirez un filtre.</translation>
    </message>
    <message>
        <source>Nothing changed since last week</source>
        <translation>Rien n’a changé depuis une semaine</translation>
    </message>
    <message>
        <source>New, changed and withdrawn conditions stand here for a week.</source>
        <translation>Les conditions nouvelles, modifiées et retirées restent ici une semaine.</translation>
    </message>
    <message>
        <source>Nothing ends this month</source>
        <translation>Rien ne finit ce mois-ci</translation>
    </message>
    <message>
        <source>Promotions and contracts stand here in the month they end.</source>
        <translation>Promotions et contrats sont ici le mois où ils finissent.</translation>
    </message>
    <message>
        <source>Nothing is announced</source>
        <translation>Rien n’est annoncé</translation>
    </message>
    <message>
        <source>What the manufacturer announces stands here until it is in force.</source>
        <translation>Ce que le fabricant annonce est ici jusqu’à son entrée en vigueur.</translation>
    </message>
    <message>
        <source>Nothing becomes dearer</source>
        <translation>Rien n’augmente</translation>
    </message>
    <message>
        <source>Announced prices and discounts that end stand here before it happens.</source>
        <translation>Les tarifs annoncés et les remises qui finissent sont ici avant que cela arrive.</translation>
    </message>
    <message>
        <source>No contradictory record</source>
        <translation>Aucune contradiction</translation>
    </message>
    <message>
        <source>Everything the manufacturer sent can be read one way only.</source>
        <translation>Tout ce que le fabricant a envoyé ne se lit que d’une façon.</translation>
    </message>
    <message>
        <source>No condition yet</source>
        <translation>Pas encore de condition</translation>
    </message>
    <message>
        <source>They arrive with the next synchronisation.</source>
        <translation>Elles arrivent à la prochaine synchronisation.</translation>
    </message>
</context>
<context>
    <name>ConditionsList</name>
    <message>
        <source>Product, family, document, words</source>
        <translation>Produit, famille, document, mots</translation>
    </message>
    <message>
        <source>Search the conditions</source>
        <translation>Chercher dans les conditions</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Vider la recherche</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Vues</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>What becomes dearer</source>
        <translation>Ce qui augmente</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export the list as a CSV file</source>
        <translation>Exporter la liste en fichier CSV</translation>
    </message>
    <message>
        <source>1 product</source>
        <translation>1 produit</translation>
    </message>
    <message>
        <source>{0} products</source>
        <translation>{0} produits</translation>
    </message>
    <message>
        <source>1 condition</source>
        <translation>1 condition</translation>
    </message>
    <message>
        <source>{0} conditions</source>
        <translation>{0} conditions</translation>
    </message>
    <message>
        <source>browse</source>
        <translation>parcourir</translation>
    </message>
    <message>
        <source>views</source>
        <translation>vues</translation>
    </message>
    <message>
        <source>what if</source>
        <translation>et si</translation>
    </message>
</context>
<context>
    <name>ConditionsModel</name>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Sur</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Dès</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Chez</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>Quota left</source>
        <translation>Reste</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
</context>
<context>
    <name>ConditionsPage</name>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Open what it touches</source>
        <translation>Ouvrir ce qu’elle touche</translation>
    </message>
    <message>
        <source>Order before</source>
        <translation>Commander avant</translation>
    </message>
    <message>
        <source>Open the product</source>
        <translation>Ouvrir le produit</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Row above</source>
        <translation>Ligne au-dessus</translation>
    </message>
    <message>
        <source>Row below</source>
        <translation>Ligne au-dessous</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Et si</translation>
    </message>
    <message>
        <source>History of the condition</source>
        <translation>Historique de la condition</translation>
    </message>
    <message>
        <source>Export the list as a CSV file</source>
        <translation>Exporter la liste en fichier CSV</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Vues</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Famille</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Document</translation>
    </message>
    <message>
        <source>As of another day</source>
        <translation>À une autre date</translation>
    </message>
    <message>
        <source>Back to the search</source>
        <translation>Revenir à la recherche</translation>
    </message>
    <message>
        <source>Back to the search, then clear it</source>
        <translation>Revenir à la recherche, puis la vider</translation>
    </message>
    <message>
        <source>This condition touches several products: open one of them, then F7.</source>
        <translation>Cette condition touche plusieurs produits&#x202f;: ouvrez-en un, puis F7.</translation>
    </message>
    <message>
        <source>As they stood on {0}.</source>
        <translation>Telles qu’elles étaient le {0}.</translation>
    </message>
    <message>
        <source>This desk knows its conditions since {0}.</source>
        <translation>Ce poste connaît ses conditions depuis le {0}.</translation>
    </message>
</context>
<context>
    <name>Copies</name>
    <message>
        <source>Second copy not written since {0}</source>
        <translation>Seconde copie non écrite depuis {0}</translation>
    </message>
    <message>
        <source>Your orders are saved. Make room on the disk.</source>
        <translation>Vos commandes sont enregistrées. Faites de la place sur le disque.</translation>
    </message>
    <message>
        <source>Second folder on this desk’s own disk</source>
        <translation>Second dossier sur le disque de ce poste</translation>
    </message>
    <message>
        <source>It goes when that disk goes: choose another disk.</source>
        <translation>Il disparaît avec ce disque&#x202f;: choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Second folder up to date</source>
        <translation>Second dossier à jour</translation>
    </message>
    <message>
        <source>Second folder being looked at</source>
        <translation>Second dossier en cours d’examen</translation>
    </message>
    <message>
        <source>Second folder not written</source>
        <translation>Second dossier non écrit</translation>
    </message>
    <message>
        <source>Second folder not written since {0}</source>
        <translation>Second dossier non écrit depuis {0}</translation>
    </message>
    <message>
        <source>Second folder not there</source>
        <translation>Second dossier absent</translation>
    </message>
    <message>
        <source>Second folder not there since {0}</source>
        <translation>Second dossier absent depuis {0}</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message>
        <source>1 line</source>
        <translation>1 ligne</translation>
    </message>
    <message>
        <source>{0} lines</source>
        <translation>{0} lignes</translation>
    </message>
    <message>
        <source>1 piece</source>
        <translation>1 pièce</translation>
    </message>
    <message>
        <source>{0} pieces</source>
        <translation>{0} pièces</translation>
    </message>
    <message>
        <source>one sub-order</source>
        <translation>une sous-commande</translation>
    </message>
    <message>
        <source>{0} sub-orders</source>
        <translation>{0} sous-commandes</translation>
    </message>
    <message>
        <source>1 delivery</source>
        <translation>1 livraison</translation>
    </message>
    <message>
        <source>{0} deliveries</source>
        <translation>{0} livraisons</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Copier le rapport</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>Continuer à travailler</translation>
    </message>
    <message>
        <source>Something went wrong in Comptoir</source>
        <translation>Un défaut est survenu dans Comptoir</translation>
    </message>
    <message>
        <source>Your orders and drafts are saved on this computer. You can go on working; send this report to support, so that it does not happen again.</source>
        <translation>Vos commandes et brouillons sont enregistrés sur ce poste. Vous pouvez continuer&#x202f;; envoyez ce rapport à l’assistance pour que cela ne se reproduise pas.</translation>
    </message>
</context>
<context>
    <name>CreditCard</name>
    <message>
        <source>Credit left</source>
        <translation>Encours disponible</translation>
    </message>
    <message>
        <source>Credit used</source>
        <translation>Encours utilisé</translation>
    </message>
    <message>
        <source>not limited</source>
        <translation>sans plafond</translation>
    </message>
    <message>
        <source>Invoices to pay</source>
        <translation>Factures à régler</translation>
    </message>
    <message>
        <source>Orders not yet invoiced</source>
        <translation>Commandes non facturées</translation>
    </message>
    <message>
        <source>Limit granted</source>
        <translation>Plafond accordé</translation>
    </message>
</context>
<context>
    <name>Dearer</name>
    <message>
        <source>unchanged</source>
        <translation>inchangé</translation>
    </message>
    <message>
        <source>new list price</source>
        <translation>nouveau tarif</translation>
    </message>
    <message>
        <source>a discount ends</source>
        <translation>fin d’une remise</translation>
    </message>
    <message>
        <source>a condition begins</source>
        <translation>début d’une condition</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#x202f;: {1}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>in {0} days</source>
        <translation>dans {0} jours</translation>
    </message>
    <message>
        <source>Shown are the {0} biggest rises out of {1}; the search looks among them.</source>
        <translation>Les {0} plus fortes hausses sur {1} sont affichées&#x202f;; la recherche porte sur elles.</translation>
    </message>
    <message>
        <source>{0} products were looked at; more are touched, and some of them may rise too.</source>
        <translation>{0} produits ont été examinés&#x202f;; d’autres sont touchés, et certains peuvent augmenter aussi.</translation>
    </message>
</context>
<context>
    <name>DearerModel</name>
    <message>
        <source>Product</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Chez</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>My net price</source>
        <translation>Mon net HT</translation>
    </message>
    <message>
        <source>Rise</source>
        <translation>Hausse</translation>
    </message>
    <message>
        <source>From</source>
        <translation>À partir du</translation>
    </message>
</context>
<context>
    <name>DearerPanel</name>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Choose a product: how its price rises appears here.</source>
        <translation>Choisissez un produit&#x202f;: la hausse de son prix s’affiche ici.</translation>
    </message>
    <message>
        <source>from {0}, {1}</source>
        <translation>à partir du {0}, {1}</translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>then</source>
        <translation>ensuite</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>My net price</source>
        <translation>Mon net HT</translation>
    </message>
    <message>
        <source>Difference each</source>
        <translation>Écart par unité</translation>
    </message>
    <message>
        <source>Order before</source>
        <translation>Commander avant</translation>
    </message>
    <message>
        <source>Open the product</source>
        <translation>Ouvrir le produit</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>Et si…</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>A fresh desk asks: practise, or connect to a manufacturer. Practise.</source>
        <translation>Un poste neuf demande&#x202f;: s’exercer, ou se relier à un fabricant. On s’exerce.</translation>
    </message>
    <message>
        <source>Synchronised: {0} products, {1} stock figures, {2} conditions of your own.</source>
        <translation>Synchronisé&#x202f;: {0} produits, {1} chiffres de stock, {2} conditions propres.</translation>
    </message>
    <message>
        <source>Search “{0}”: {1} products in {2} ms; the first is {3}, my price {4}.</source>
        <translation>Recherche «&#x202f;{0}&#x202f;»&#x202f;: {1} produits en {2} ms&#x202f;; le premier est {3}, mon prix {4}.</translation>
    </message>
    <message>
        <source>Order {0} is written: {1} lines, {2} with VAT, from {3} wholesalers. Each change was saved at once.</source>
        <translation>La commande {0} est saisie&#x202f;: {1} lignes, {2} TTC, chez {3} grossistes. Chaque changement a été enregistré aussitôt.</translation>
    </message>
    <message>
        <source>Three plans over the wholesalers; the cheapest, {0} without VAT in {1}, is taken.</source>
        <translation>Trois plans entre les grossistes&#x202f;; le moins cher, {0} HT en {1}, est pris.</translation>
    </message>
    <message>
        <source>The cable is out. Sent all the same: saved on this desk, it leaves by itself.</source>
        <translation>Le câble est débranché. Envoyée quand même&#x202f;: enregistrée sur ce poste, elle partira d’elle-même.</translation>
    </message>
    <message>
        <source>The cable is back. The manufacturer accepted the order as {0}.</source>
        <translation>Le câble est rebranché. Le fabricant a accepté la commande sous le numéro {0}.</translation>
    </message>
    <message>
        <source>The wholesalers confirmed it.</source>
        <translation>Les grossistes l’ont confirmée.</translation>
    </message>
    <message>
        <source>A first part is shipped.</source>
        <translation>Une première partie est expédiée.</translation>
    </message>
    <message>
        <source>Everything is shipped.</source>
        <translation>Tout est expédié.</translation>
    </message>
    <message>
        <source>It is invoiced. The main job is done.</source>
        <translation>Elle est facturée. L’essentiel est fait.</translation>
    </message>
</context>
<context>
    <name>DepartedPage</name>
    <message>
        <source>Connect a new desk</source>
        <translation>Connecter un nouveau poste</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>{0} has shut out this desk</source>
        <translation>{0} a bloqué ce poste</translation>
    </message>
    <message>
        <source>{0} at {1}</source>
        <translation>{0} à {1}</translation>
    </message>
    <message>
        <source>This happened on {0}.</source>
        <translation>Cela s’est produit le {0}.</translation>
    </message>
    <message>
        <source>The reason given: {0}</source>
        <translation>Motif indiqué&#x202f;: {0}</translation>
    </message>
    <message>
        <source>The data of this desk can no longer be opened on this computer, not with a code either.</source>
        <translation>Les données de ce poste ne peuvent plus être ouvertes sur cet ordinateur, même avec un code.</translation>
    </message>
    <message>
        <source>The key of this desk is set in the environment of this program. It cannot be deleted from here: take it out there.</source>
        <translation>La clé de ce poste se trouve dans l’environnement de ce programme. Elle ne peut pas être supprimée d’ici&#x202f;: retirez-la de là.</translation>
    </message>
    <message>
        <source>You found this computer? Give it back to {0}.</source>
        <translation>Vous avez trouvé cet ordinateur&#x202f;? Rendez-le à {0}.</translation>
    </message>
    <message>
        <source>You work there, and this is a mistake? Call the manufacturer: he has the orders that had not left, all others come back with a new desk. Drafts that were never sent are lost.</source>
        <translation>Vous y travaillez et c’est une erreur&#x202f;? Appelez le fabricant&#x202f;: il a les commandes qui n’étaient pas parties, toutes les autres reviennent avec un nouveau poste. Les brouillons jamais envoyés sont perdus.</translation>
    </message>
    <message>
        <source>Ask for a new code, then connect a new desk: the files of this one are put aside.</source>
        <translation>Demandez un nouveau code, puis connectez un nouveau poste&#x202f;: les fichiers de celui-ci sont mis de côté.</translation>
    </message>
    <message>
        <source>No order was waiting: nothing had to be handed over.</source>
        <translation>Aucune commande n’attendait&#x202f;: il n’y avait rien à remettre.</translation>
    </message>
    <message>
        <source>1 order that had not left was handed over to the manufacturer, sealed.</source>
        <translation>1 commande qui n’était pas partie a été remise au fabricant, scellée.</translation>
    </message>
    <message>
        <source>{0} orders that had not left were handed over to the manufacturer, sealed.</source>
        <translation>{0} commandes qui n’étaient pas parties ont été remises au fabricant, scellées.</translation>
    </message>
</context>
<context>
    <name>Differences</name>
    <message>
        <source>An order falls below its wholesaler&apos;s minimum.</source>
        <translation>Une sous-commande passe sous le minimum du grossiste.</translation>
    </message>
    <message>
        <source>A wholesaler does not deliver express: the order would come without.</source>
        <translation>Un grossiste ne livre pas en express&#x202f;: la commande viendrait sans.</translation>
    </message>
    <message>
        <source>It passes your credit limit, which the manufacturer refuses: remove lines, or take the order back.</source>
        <translation>Elle dépasse votre encours, ce que le fabricant refuse&#x202f;: retirez des lignes ou reprenez la commande.</translation>
    </message>
    <message>
        <source>The price changed.</source>
        <translation>Le prix a changé.</translation>
    </message>
    <message>
        <source>At this price the lines want {0} together, {1} are left: not all fit.</source>
        <translation>Les lignes à ce prix en demandent {0} ensemble, il n’en reste que {1}&#x202f;: toutes ne passent pas.</translation>
    </message>
    <message>
        <source>The quota of this price is used up.</source>
        <translation>Le quota de ce prix est épuisé.</translation>
    </message>
    <message>
        <source>No longer sold, replaced by {0}.</source>
        <translation>N’est plus vendu, remplacé par {0}.</translation>
    </message>
    <message>
        <source>No longer sold.</source>
        <translation>N’est plus vendu.</translation>
    </message>
    <message>
        <source>The manufacturer does not know it any more.</source>
        <translation>Le fabricant ne le connaît plus.</translation>
    </message>
    <message>
        <source>This wholesaler does not carry it any more.</source>
        <translation>Ce grossiste ne le distribue plus.</translation>
    </message>
    <message>
        <source>Sold in other packs: {0} would do.</source>
        <translation>Vendu par un autre colis&#x202f;: {0} conviendrait.</translation>
    </message>
    <message>
        <source>Sold from {0} units on.</source>
        <translation>Vendu à partir de {0} unités.</translation>
    </message>
</context>
<context>
    <name>DifferencesGrid</name>
    <message>
        <source>Take</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Changed lines</source>
        <translation>Lignes modifiées</translation>
    </message>
</context>
<context>
    <name>DifferencesModel</name>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>Qté</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>La vôtre</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>La leur</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>Effect ex VAT</source>
        <translation>Effet HT</translation>
    </message>
</context>
<context>
    <name>DiscountWords</name>
    <message>
        <source>special bid</source>
        <translation>dérogation</translation>
    </message>
    <message>
        <source>promo {0}</source>
        <translation>promo {0}</translation>
    </message>
    <message>
        <source>promo</source>
        <translation>promo</translation>
    </message>
    <message>
        <source>net price</source>
        <translation>prix net</translation>
    </message>
</context>
<context>
    <name>DraftActs</name>
    <message>
        <source>Draft {0} is shared: your colleagues see it and can take it over.</source>
        <translation>Le brouillon {0} est partagé&#x202f;: vos collègues le voient et peuvent le reprendre.</translation>
    </message>
    <message>
        <source>{0} has had it since {1}. You go on with what is shared; what is not yet shared there is kept there.</source>
        <translation>{0} l’a depuis {1}. Vous continuez avec ce qui est partagé&#x202f;; ce qui ne l’est pas encore reste sur son poste.</translation>
    </message>
    <message>
        <source>Take over {0}?</source>
        <translation>Reprendre {0}&#x202f;?</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Le laisser</translation>
    </message>
    <message>
        <source>Your version is put away as {0}; Take up again makes a draft of it.</source>
        <translation>Votre version est rangée sous {0}&#x202f;; «&#x202f;Reprendre ce brouillon&#x202f;» la rouvre.</translation>
    </message>
</context>
<context>
    <name>DraftConflict</name>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Delivery address</source>
        <translation>Adresse de livraison</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Livraison</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>la nôtre</translation>
    </message>
    <message>
        <source>{0} sent it {1}, without what you changed here. Nothing is lost, whatever you choose.</source>
        <translation>{0} l’a envoyé {1}, sans ce que vous avez modifié ici. Rien n’est perdu, quel que soit votre choix.</translation>
    </message>
    <message>
        <source>{0} dropped it {1}; you had changed it here. Nothing is lost, whatever you choose.</source>
        <translation>{0} l’a abandonné {1}&#x202f;; vous l’aviez modifié ici. Rien n’est perdu, quel que soit votre choix.</translation>
    </message>
    <message>
        <source>{0} changed it {1}; so did you, here. Nothing is lost, whatever you choose.</source>
        <translation>{0} l’a modifié {1}&#x202f;; vous aussi, ici. Rien n’est perdu, quel que soit votre choix.</translation>
    </message>
    <message>
        <source>Yours becomes a draft of its own; the order stays sent.</source>
        <translation>La vôtre devient un brouillon à part&#x202f;; la commande reste envoyée.</translation>
    </message>
    <message>
        <source>Yours becomes a draft of its own, which only you see.</source>
        <translation>La vôtre devient un brouillon à part, que vous seul voyez.</translation>
    </message>
    <message>
        <source>Yours becomes a draft of its own; {0} goes on with the shared one.</source>
        <translation>La vôtre devient un brouillon à part&#x202f;; {0} continue avec le brouillon partagé.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Garder la mienne</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Garder les deux</translation>
    </message>
    <message>
        <source>Drop it too</source>
        <translation>L’abandonner aussi</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre la sienne</translation>
    </message>
    <message>
        <source>Yours is put away among the cancelled, to be taken up again.</source>
        <translation>La vôtre est rangée parmi les annulées, où l’on peut la reprendre.</translation>
    </message>
    <message>
        <source>Share mine again</source>
        <translation>Partager la mienne</translation>
    </message>
    <message>
        <source>Your colleagues see the draft again, in your version.</source>
        <translation>Vos collègues revoient le brouillon, dans votre version.</translation>
    </message>
    <message>
        <source>Put mine over theirs</source>
        <translation>Mettre la mienne à la place</translation>
    </message>
    <message>
        <source>You hold the shared draft again; theirs is put away here among the cancelled.</source>
        <translation>Le brouillon partagé est de nouveau à vous&#x202f;; la sienne est rangée ici parmi les annulées.</translation>
    </message>
</context>
<context>
    <name>DraftConflictSheet</name>
    <message>
        <source>Two versions of {0}</source>
        <translation>Deux versions de {0}</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Décider plus tard</translation>
    </message>
</context>
<context>
    <name>DraftsCard</name>
    <message>
        <source>Drafts</source>
        <translation>Brouillons</translation>
    </message>
</context>
<context>
    <name>DuplicateLine</name>
    <message>
        <source>Reference {0} is already on order {1}, {2}.</source>
        <translation>La référence {0} est déjà sur la commande {1}, {2}.</translation>
    </message>
    <message>
        <source>Order {0}, {1}, has the same lines.</source>
        <translation>La commande {0}, {1}, a les mêmes lignes.</translation>
    </message>
    <message>
        <source>See {0}</source>
        <translation>Voir {0}</translation>
    </message>
    <message>
        <source>You may be entering it twice.</source>
        <translation>Vous la saisissez peut-être deux fois.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorer</translation>
    </message>
</context>
<context>
    <name>EarningsCard</name>
    <message>
        <source>Online bonus</source>
        <translation>Bonus en ligne</translation>
    </message>
    <message>
        <source>credited once invoiced</source>
        <translation>crédité une fois facturé</translation>
    </message>
    <message>
        <source>Back-margin</source>
        <translation>Marge arrière</translation>
    </message>
    <message>
        <source>How it adds up (Alt+M)</source>
        <translation>Le calcul (Alt+M)</translation>
    </message>
</context>
<context>
    <name>EffectBar</name>
    <message>
        <source>yours {0}, with your choices {1}, theirs {2}</source>
        <translation>la vôtre {0}, avec vos choix {1}, la leur {2}</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>La vôtre</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>La leur</translation>
    </message>
    <message>
        <source>your choices: {0}</source>
        <translation>vos choix&#x202f;: {0}</translation>
    </message>
    <message>
        <source>With your choices</source>
        <translation>Avec vos choix</translation>
    </message>
    <message>
        <source>{0} still to decide</source>
        <translation>{0} encore à décider</translation>
    </message>
</context>
<context>
    <name>FacetsPanel</name>
    <message>
        <source>In stock</source>
        <translation>En stock</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Famille</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>Marque</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Disponibilité</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Nothing is written like this: similar words were searched.</source>
        <translation>Rien ne s’écrit ainsi&#x202f;: des mots proches ont été cherchés.</translation>
    </message>
    <message>
        <source>All families and brands</source>
        <translation>Toutes les familles et marques</translation>
    </message>
    <message>
        <source>Give up the filter {0}</source>
        <translation>Retirer le filtre {0}</translation>
    </message>
</context>
<context>
    <name>FirstStartPage</name>
    <message>
        <source>Welcome</source>
        <translation>Bienvenue</translation>
    </message>
    <message>
        <source>The practice manufacturer is being set up</source>
        <translation>Le fabricant d’entraînement se met en place</translation>
    </message>
    <message>
        <source>The address of the manufacturer&apos;s server is missing.</source>
        <translation>Il manque l’adresse du serveur du fabricant.</translation>
    </message>
    <message>
        <source>The one-time code is missing.</source>
        <translation>Il manque le code à usage unique.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>S’exercer</translation>
    </message>
    <message>
        <source>47,551 real products, invented prices.</source>
        <translation>47&#x202f;551 produits réels, prix inventés.</translation>
    </message>
    <message>
        <source>A manufacturer of your own on this computer:</source>
        <translation>Un fabricant rien qu’à vous sur ce poste&#x202f;:</translation>
    </message>
    <message>
        <source>nothing you do here reaches anybody.</source>
        <translation>rien de ce que vous faites ne part ailleurs.</translation>
    </message>
    <message>
        <source>Connect to a manufacturer</source>
        <translation>Se relier à un fabricant</translation>
    </message>
    <message>
        <source>You need the address and the one-time code</source>
        <translation>Il vous faut l’adresse et le code à usage</translation>
    </message>
    <message>
        <source>that the manufacturer gave you.</source>
        <translation>unique que le fabricant vous a donnés.</translation>
    </message>
    <message>
        <source>Your conditions and the catalogue come by themselves.</source>
        <translation>Conditions et catalogue arrivent d’eux-mêmes.</translation>
    </message>
    <message>
        <source>The order desk that works with the network cable out. How do you want to begin?</source>
        <translation>Le comptoir de commande qui fonctionne câble réseau débranché. Comment voulez-vous commencer&#x202f;?</translation>
    </message>
    <message>
        <source>as the manufacturer wrote it</source>
        <translation>tel que le fabricant l’a écrit</translation>
    </message>
    <message>
        <source>First name and name</source>
        <translation>Prénom et nom</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Se relier</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Address of the manufacturer&apos;s server</source>
        <translation>Adresse du serveur du fabricant</translation>
    </message>
    <message>
        <source>One-time code</source>
        <translation>Code à usage unique</translation>
    </message>
    <message>
        <source>Your name, as it stands on orders (may stay empty)</source>
        <translation>Votre nom, tel qu’il figure sur les commandes (peut rester vide)</translation>
    </message>
    <message>
        <source>After this everything works without a network too.</source>
        <translation>Ensuite tout fonctionne aussi sans réseau.</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>yesterday {0}</source>
        <translation>hier {0}</translation>
    </message>
    <message>
        <source>at {0}</source>
        <translation>à {0}</translation>
    </message>
    <message>
        <source>yesterday at {0}</source>
        <translation>hier à {0}</translation>
    </message>
    <message>
        <source>on {0}</source>
        <translation>le {0}</translation>
    </message>
    <message>
        <source>{0}</source>
        <comment>a day after `since`</comment>
        <translation>le {0}</translation>
    </message>
    <message>
        <source>read just now</source>
        <translation>relevé à l’instant</translation>
    </message>
    <message>
        <source>read {0}</source>
        <translation>relevé {0}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>{0} ago</source>
        <translation>il y a {0}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>{0} d</source>
        <translation>{0} j</translation>
    </message>
    <message>
        <source>never read</source>
        <translation>jamais relevé</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>+ digit: go to</source>
        <translation>+ chiffre&#x202f;: aller à</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>on this desk from {0} to {1}</source>
        <translation>sur ce poste du {0} au {1}</translation>
    </message>
    <message>
        <source>on this desk since {0}</source>
        <translation>sur ce poste depuis le {0}</translation>
    </message>
    <message>
        <source>on this desk from the start to {0}</source>
        <translation>sur ce poste du début au {0}</translation>
    </message>
    <message>
        <source>on this desk from the start on</source>
        <translation>sur ce poste depuis le début</translation>
    </message>
    <message>
        <source>withdrawn on {0}, there again from {1}</source>
        <translation>retirée le {0}, de retour le {1}</translation>
    </message>
    <message>
        <source>withdrawn on {0}</source>
        <translation>retirée le {0}</translation>
    </message>
    <message>
        <source>{0}: {1} instead of {2}</source>
        <translation>{0}&#x202f;: {1} au lieu de {2}</translation>
    </message>
    <message>
        <source>another detail changed</source>
        <translation>un autre détail a changé</translation>
    </message>
    <message>
        <source>{0} at {1}</source>
        <comment>a day, a time</comment>
        <translation>{0} à {1}</translation>
    </message>
</context>
<context>
    <name>HistorySheet</name>
    <message>
        <source>History of the condition</source>
        <translation>Historique de la condition</translation>
    </message>
    <message>
        <source>This desk knows all versions since {0}.</source>
        <translation>Ce poste connaît toutes les versions depuis le {0}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>The history is in the clipboard.</source>
        <translation>L’historique est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>New order</source>
        <translation>Nouvelle commande</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Recent orders</source>
        <translation>Commandes récentes</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>First decision</source>
        <translation>Première décision</translation>
    </message>
    <message>
        <source>Second decision, 3: the third ...</source>
        <translation>Deuxième décision, 3&#x202f;: la troisième…</translation>
    </message>
    <message>
        <source>Go on with the newest draft</source>
        <translation>Reprendre le dernier brouillon</translation>
    </message>
    <message>
        <source>How the back-margin adds up</source>
        <translation>Le calcul de la marge arrière</translation>
    </message>
    <message>
        <source>Everything to decide</source>
        <translation>Tout ce qui est à décider</translation>
    </message>
    <message>
        <source>See all</source>
        <translation>Tout voir</translation>
    </message>
    <message>
        <source>All orders</source>
        <translation>Toutes les commandes</translation>
    </message>
    <message>
        <source>Search the catalogue</source>
        <translation>Chercher dans le catalogue</translation>
    </message>
    <message>
        <source>No orders yet</source>
        <translation>Aucune commande pour l’instant</translation>
    </message>
    <message>
        <source>Begin with New order, or look for a product first. Everything is saved as you type.</source>
        <translation>Commencez par Nouvelle commande, ou cherchez d’abord un produit. Tout s’enregistre à mesure.</translation>
    </message>
    <message>
        <source>Hello {0}</source>
        <translation>Bonjour {0}</translation>
    </message>
    <message>
        <source>Hello</source>
        <translation>Bonjour</translation>
    </message>
    <message>
        <source>nothing waits for your decision</source>
        <translation>rien n’attend votre décision</translation>
    </message>
    <message>
        <source>1 order waits for your decision</source>
        <translation>1 commande attend votre décision</translation>
    </message>
    <message>
        <source>{0} orders wait for your decision</source>
        <translation>{0} commandes attendent votre décision</translation>
    </message>
    <message>
        <source>Draft, {0}</source>
        <translation>Brouillon, {0}</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Shift</source>
        <translation>Maj</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>KeysOverlay</name>
    <message>
        <source>New order</source>
        <translation>Nouvelle commande</translation>
    </message>
    <message>
        <source>Go to, search, act</source>
        <translation>Aller à, chercher, agir</translation>
    </message>
    <message>
        <source>Home, Alt + digit: the other rooms</source>
        <translation>Accueil, Alt + chiffre&#x202f;: les autres pièces</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Synchroniser maintenant</translation>
    </message>
    <message>
        <source>Somebody else at this desk</source>
        <translation>Quelqu’un d’autre à ce poste</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Ces touches</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>any key closes this</source>
        <translation>une touche ferme cette page</translation>
    </message>
</context>
<context>
    <name>Lights</name>
    <message>
        <source>On this desk</source>
        <translation>Sur ce poste</translation>
    </message>
    <message>
        <source>With the manufacturer</source>
        <translation>Chez le fabricant</translation>
    </message>
    <message>
        <source>In their system</source>
        <translation>Dans leur système</translation>
    </message>
    <message>
        <source>draft, saved {0}</source>
        <translation>brouillon, enregistré {0}</translation>
    </message>
    <message>
        <source>saved {0}</source>
        <translation>enregistrée {0}</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>pas envoyée</translation>
    </message>
    <message>
        <source>waits for your answer</source>
        <translation>attend votre réponse</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>refusée</translation>
    </message>
    <message>
        <source>never sent</source>
        <translation>jamais envoyée</translation>
    </message>
    <message>
        <source>being confirmed again</source>
        <translation>en cours de reconfirmation</translation>
    </message>
    <message>
        <source>received {0}</source>
        <translation>reçue {0}</translation>
    </message>
    <message>
        <source>held back by you</source>
        <translation>retenue par vous</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>en cours d’envoi</translation>
    </message>
    <message>
        <source>sent, answer being looked up</source>
        <translation>envoyée, réponse recherchée</translation>
    </message>
    <message>
        <source>stuck, needs you</source>
        <translation>bloquée, à voir</translation>
    </message>
    <message>
        <source>leaves by itself</source>
        <translation>part d’elle-même</translation>
    </message>
    <message>
        <source>no number yet</source>
        <translation>pas de numéro</translation>
    </message>
    <message>
        <source>no. {0}</source>
        <translation>n° {0}</translation>
    </message>
</context>
<context>
    <name>LineColumns</name>
    <message>
        <source>the first match is already chosen</source>
        <translation>le premier résultat est déjà choisi</translation>
    </message>
</context>
<context>
    <name>LinesDelegate</name>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
</context>
<context>
    <name>LinesGrid</name>
    <message>
        <source>Lines of the order</source>
        <translation>Lignes de la commande</translation>
    </message>
    <message>
        <source>reference, EAN, words in any order</source>
        <translation>référence, EAN, mots dans le désordre</translation>
    </message>
    <message>
        <source>Product search: new line</source>
        <translation>Recherche de produit&#x202f;: nouvelle ligne</translation>
    </message>
</context>
<context>
    <name>LinesHeader</name>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>1 point to see</source>
        <translation>1 point à voir</translation>
    </message>
    <message>
        <source>{0} points to see</source>
        <translation>{0} points à voir</translation>
    </message>
</context>
<context>
    <name>LinesStep</name>
    <message>
        <source>“{0}” is not a quantity: a whole number from 1 to {1}.</source>
        <translation>«&#x202f;{0}&#x202f;» n’est pas une quantité&#x202f;: un nombre entier de 1 à {1}.</translation>
    </message>
</context>
<context>
    <name>Meter</name>
    <message>
        <source>1st quarter {0}</source>
        <translation>1er trimestre {0}</translation>
    </message>
    <message>
        <source>2nd quarter {0}</source>
        <translation>2e trimestre {0}</translation>
    </message>
    <message>
        <source>3rd quarter {0}</source>
        <translation>3e trimestre {0}</translation>
    </message>
    <message>
        <source>4th quarter {0}</source>
        <translation>4e trimestre {0}</translation>
    </message>
    <message>
        <source>{0} step: {1} more</source>
        <translation>Palier {0}&#x202f;: plus que {1}</translation>
    </message>
    <message>
        <source>Highest step reached: {0}</source>
        <translation>Dernier palier atteint&#x202f;: {0}</translation>
    </message>
    <message>
        <source>by {0} to reach {1}, {2}</source>
        <translation>d’ici le {0} pour passer à {1}, {2}</translation>
    </message>
    <message>
        <source>online orders, excl. VAT</source>
        <translation>en ligne et HT</translation>
    </message>
    <message>
        <source>all orders, excl. VAT</source>
        <translation>toutes commandes, HT</translation>
    </message>
    <message>
        <source>At {0}, on all turnover</source>
        <translation>À {0}, sur tout le CA</translation>
    </message>
    <message>
        <source>At {0}, on what is above</source>
        <translation>À {0}, sur ce qui dépasse</translation>
    </message>
    <message>
        <source>nothing counted yet</source>
        <translation>rien de compté encore</translation>
    </message>
    <message>
        <source>counted {0}</source>
        <translation>compté {0}</translation>
    </message>
    <message>
        <source>Counted by the manufacturer</source>
        <translation>Compté par le fabricant</translation>
    </message>
    <message>
        <source>Your orders not counted yet</source>
        <translation>Vos commandes pas encore comptées</translation>
    </message>
    <message>
        <source>sent from here, not invoiced when it was counted</source>
        <translation>parties d’ici, non facturées au moment du compte</translation>
    </message>
    <message>
        <source>This order</source>
        <translation>Cette commande</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Ensemble</translation>
    </message>
    <message>
        <source>Back-margin so far, at {0}</source>
        <translation>Marge arrière à ce jour, à {0}</translation>
    </message>
    <message>
        <source>Next step, {0}, from</source>
        <translation>Palier suivant, {0}, à partir de</translation>
    </message>
    <message>
        <source>Still missing</source>
        <translation>Il manque encore</translation>
    </message>
    <message>
        <source>Worth, once it is reached</source>
        <translation>Ce qu’il rapporte, une fois atteint</translation>
    </message>
    <message>
        <source>the rate reached holds for all turnover</source>
        <translation>le taux atteint vaut pour tout le CA</translation>
    </message>
    <message>
        <source>each rate holds for its own slice</source>
        <translation>chaque taux vaut pour sa tranche</translation>
    </message>
    <message>
        <source>Invoices paid: no payment is overdue.</source>
        <translation>Factures réglées&#x202f;: aucun retard de paiement.</translation>
    </message>
    <message>
        <source>{0} overdue: nothing is due until that is paid.</source>
        <translation>{0} en retard&#x202f;: rien n’est dû avant règlement.</translation>
    </message>
    <message>
        <source>Due only while no invoice is overdue.</source>
        <translation>Due seulement sans facture en retard.</translation>
    </message>
    <message>
        <source>Due from {0} of growth on.</source>
        <translation>Due à partir de {0} de croissance.</translation>
    </message>
    <message>
        <source>Growth of {0}, {1} are needed.</source>
        <translation>Croissance de {0}, il en faut {1}.</translation>
    </message>
    <message>
        <source>Growth of {0}: nothing is due below {1}.</source>
        <translation>Croissance de {0}&#x202f;: rien n’est dû sous {1}.</translation>
    </message>
</context>
<context>
    <name>MeterCard</name>
    <message>
        <source>Back-margin</source>
        <translation>Marge arrière</translation>
    </message>
    <message>
        <source>The calculation</source>
        <translation>Le calcul</translation>
    </message>
    <message>
        <source>The {0} calculations</source>
        <translation>Les {0} calculs</translation>
    </message>
    <message>
        <source>Earned at {0}</source>
        <translation>Acquis à {0}</translation>
    </message>
    <message>
        <source>more to order</source>
        <translation>encore à commander</translation>
    </message>
    <message>
        <source>at the highest step</source>
        <translation>au dernier palier</translation>
    </message>
</context>
<context>
    <name>MeterSheet</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Back-margin: how it adds up</source>
        <translation>Marge arrière&#x202f;: le calcul</translation>
    </message>
    <message>
        <source>The calculation is in the clipboard.</source>
        <translation>Le calcul est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>Milestones</name>
    <message>
        <source>1 piece</source>
        <translation>1 pièce</translation>
    </message>
    <message>
        <source>{0} pieces</source>
        <translation>{0} pièces</translation>
    </message>
    <message>
        <source>Backorder</source>
        <translation>Reliquat</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>other terms</source>
        <translation>conditions modifiées</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>attend votre réponse</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulée</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Acceptée</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>retenue</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>à voir</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>pas encore</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>Confirmation</translation>
    </message>
    <message>
        <source>{0} to come</source>
        <translation>{0} à venir</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Livraisons</translation>
    </message>
    <message>
        <source>{0} pieces of {1}</source>
        <translation>{0} pièces sur {1}</translation>
    </message>
    <message>
        <source>1 parcel</source>
        <translation>1 colis</translation>
    </message>
    <message>
        <source>{0} parcels</source>
        <translation>{0} colis</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>Facture</translation>
    </message>
    <message>
        <source>{0} invoices</source>
        <translation>{0} factures</translation>
    </message>
</context>
<context>
    <name>NoticeArea</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>OffersCard</name>
    <message>
        <source>Paste from Excel</source>
        <translation>Coller depuis Excel</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>Importer un fichier</translation>
    </message>
    <message>
        <source>Reference and quantity are enough, even thousands of rows.</source>
        <translation>Référence et quantité suffisent, même par milliers.</translation>
    </message>
    <message>
        <source>CSV with reference and quantity, the client&apos;s list</source>
        <translation>CSV avec référence et quantité, liste du client</translation>
    </message>
</context>
<context>
    <name>OpenDraft</name>
    <message>
        <source>Add to {0}</source>
        <translation>Ajouter à {0}</translation>
    </message>
    <message>
        <source>{0} × {1} added to {2}.</source>
        <translation>{0} × {1} ajoutés à {2}.</translation>
    </message>
</context>
<context>
    <name>OrderActions</name>
    <message>
        <source>Correct</source>
        <translation>Corriger</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuer</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>Jeter le brouillon</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Take up again</source>
        <translation>Reprendre ce brouillon</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>Laisser partir</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Hold back</source>
        <translation>Retenir</translation>
    </message>
</context>
<context>
    <name>OrderLinesModel</name>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Désignation</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Remise</translation>
    </message>
    <message>
        <source>Net ex VAT</source>
        <translation>Net HT</translation>
    </message>
    <message>
        <source>Total ex VAT</source>
        <translation>Total HT</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Stock</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message>
        <source>Time line</source>
        <translation>Chronologie</translation>
    </message>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Why the price of the chosen line</source>
        <translation>Pourquoi le prix de la ligne choisie</translation>
    </message>
    <message>
        <source>Why this total</source>
        <translation>Pourquoi ce total</translation>
    </message>
    <message>
        <source>Copy the chosen parcel&apos;s number</source>
        <translation>Copier le numéro du colis choisi</translation>
    </message>
    <message>
        <source>How this line was priced is not on this desk: it was ordered elsewhere.</source>
        <translation>Le calcul de cette ligne n’est pas sur ce poste&#x202f;: elle a été commandée ailleurs.</translation>
    </message>
    <message>
        <source>Order {0} is cancelled.</source>
        <translation>La commande {0} est annulée.</translation>
    </message>
    <message>
        <source>Order {0} is accepted under number {1}.</source>
        <translation>La commande {0} est acceptée sous le numéro {1}.</translation>
    </message>
    <message>
        <source>The manufacturer has answered order {0}: it needs you.</source>
        <translation>Le fabricant a répondu à la commande {0}&#x202f;: à vous de décider.</translation>
    </message>
    <message>
        <source>Order {0} is held back.</source>
        <translation>La commande {0} est retenue.</translation>
    </message>
    <message>
        <source>Order {0} leaves by itself.</source>
        <translation>La commande {0} part d’elle-même.</translation>
    </message>
    <message>
        <source>1 sub-order</source>
        <translation>1 sous-commande</translation>
    </message>
    <message>
        <source>{0} sub-orders</source>
        <translation>{0} sous-commandes</translation>
    </message>
    <message>
        <source>their number {0}</source>
        <translation>leur numéro {0}</translation>
    </message>
    <message>
        <source>shipped {0}</source>
        <translation>expédiée {0}</translation>
    </message>
    <message>
        <source>The manufacturer has it: the wish is sent, and granted while nothing is shipped.</source>
        <translation>Le fabricant l’a&#x202f;: la demande lui est envoyée, et accordée tant que rien n’est expédié.</translation>
    </message>
    <message>
        <source>It has not been ordered; it stays in the list as cancelled.</source>
        <translation>Elle n’a pas été commandée&#x202f;; elle reste dans la liste comme annulée.</translation>
    </message>
    <message>
        <source>Cancel {0}?</source>
        <translation>Annuler {0}&#x202f;?</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>Annuler la commande</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>La garder</translation>
    </message>
</context>
<context>
    <name>OrderSheet</name>
    <message>
        <source>Why this total</source>
        <translation>Pourquoi ce total</translation>
    </message>
    <message>
        <source>incl. VAT; Copy takes the calculation of each line along</source>
        <translation>TTC&#x202f;; la copie emporte le calcul de chaque ligne</translation>
    </message>
</context>
<context>
    <name>OrderStory</name>
    <message>
        <source>VAT {0}</source>
        <translation>TVA {0}</translation>
    </message>
    <message>
        <source>Total at list prices</source>
        <translation>Total au tarif</translation>
    </message>
    <message>
        <source>Rounding of the lines</source>
        <translation>Arrondi des lignes</translation>
    </message>
    <message>
        <source>Goods excl. VAT</source>
        <translation>Marchandises HT</translation>
    </message>
    <message>
        <source>Goods after discount</source>
        <translation>Marchandises après remise</translation>
    </message>
    <message>
        <source>Eco-contribution</source>
        <translation>Éco-participation</translation>
    </message>
    <message>
        <source>Private copying levy</source>
        <translation>Copie privée</translation>
    </message>
    <message>
        <source>Carriage</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Small-order fees</source>
        <translation>Frais de petite commande</translation>
    </message>
    <message>
        <source>Total excl. VAT</source>
        <translation>Total HT</translation>
    </message>
    <message>
        <source>Total incl. VAT</source>
        <translation>Total TTC</translation>
    </message>
    <message>
        <source>Real cost of the goods</source>
        <translation>Coût réel des marchandises</translation>
    </message>
    <message>
        <source>Contract net prices</source>
        <translation>Prix nets contractuels</translation>
    </message>
    <message>
        <source>Discounts</source>
        <translation>Remises</translation>
    </message>
    <message>
        <source>Quantity discounts</source>
        <translation>Remises quantitatives</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promotions</translation>
    </message>
    <message>
        <source>Special prices</source>
        <translation>Dérogations</translation>
    </message>
    <message>
        <source>set aside on {0}</source>
        <translation>écartée sur {0}</translation>
    </message>
    <message>
        <source>after invoice</source>
        <translation>après facture</translation>
    </message>
    <message>
        <source>without levies, carriage and VAT</source>
        <translation>sans taxes, port ni TVA</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Total incl. VAT</source>
        <translation>Total TTC</translation>
    </message>
    <message>
        <source>Desk  ›  manufacturer  ›  their system</source>
        <translation>Poste  ›  fabricant  ›  leur système</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>number, reference, client</source>
        <translation>numéro, référence, client</translation>
    </message>
    <message>
        <source>Search in the orders</source>
        <translation>Chercher dans les commandes</translation>
    </message>
    <message>
        <source>Empty the field</source>
        <translation>Vider le champ</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>No order matches</source>
        <translation>Aucune commande ne correspond</translation>
    </message>
    <message>
        <source>Esc empties the field.</source>
        <translation>Échap vide le champ.</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nouvelle commande</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Partager</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>browse</source>
        <translation>parcourir</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvrir</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>filtres</translation>
    </message>
    <message>
        <source>Order above</source>
        <translation>Commande précédente</translation>
    </message>
    <message>
        <source>Order below</source>
        <translation>Commande suivante</translation>
    </message>
    <message>
        <source>Open the order</source>
        <translation>Ouvrir la commande</translation>
    </message>
    <message>
        <source>Share the draft with the colleagues</source>
        <translation>Partager le brouillon avec les collègues</translation>
    </message>
    <message>
        <source>Take the colleague&apos;s draft over</source>
        <translation>Reprendre le brouillon du collègue</translation>
    </message>
    <message>
        <source>Compare two versions of a draft</source>
        <translation>Comparer les deux versions d’un brouillon</translation>
    </message>
    <message>
        <source>To the filters</source>
        <translation>Aller aux filtres</translation>
    </message>
    <message>
        <source>Drafts and orders stand here from their first line on, online or not.</source>
        <translation>Brouillons et commandes sont ici dès leur première ligne, en ligne ou non.</translation>
    </message>
    <message>
        <source>No order yet</source>
        <translation>Aucune commande pour l’instant</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Brouillons</translation>
    </message>
    <message>
        <source>On their way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>With the manufacturer</source>
        <translation>Chez le fabricant</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminées</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Go to, search, act…</source>
        <translation>Aller à, chercher, agir…</translation>
    </message>
    <message>
        <source>Go to, search, act</source>
        <translation>Aller à, chercher, agir</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>room</source>
        <translation>pièce</translation>
    </message>
    <message>
        <source>conditions</source>
        <translation>conditions</translation>
    </message>
    <message>
        <source>Continue in English</source>
        <translation>Continue in English</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>Couleurs claires</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>Couleurs sombres</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nouvelle commande</translation>
    </message>
    <message>
        <source>What if: the price of a product</source>
        <translation>Et si&#x202f;: le prix d’un produit</translation>
    </message>
    <message>
        <source>What becomes dearer</source>
        <translation>Ce qui augmente</translation>
    </message>
    <message>
        <source>Conditions changed since last week</source>
        <translation>Conditions modifiées depuis une semaine</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Synchroniser maintenant</translation>
    </message>
    <message>
        <source>Somebody else at this desk</source>
        <translation>Quelqu’un d’autre à ce poste</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>Touches de cette page</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>PartCard</name>
    <message>
        <source>Nothing from here. Ctrl + → moves the chosen line.</source>
        <translation>Rien ici. Ctrl + → déplace la ligne choisie.</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>delivered the same day</source>
        <translation>livré le jour même</translation>
    </message>
    <message>
        <source>delivered the next day</source>
        <translation>livré le lendemain</translation>
    </message>
    <message>
        <source>delivered within {0} days</source>
        <translation>livré sous {0} jours</translation>
    </message>
    <message>
        <source>, then </source>
        <translation>, puis </translation>
    </message>
    <message>
        <source>day unknown</source>
        <translation>jour inconnu</translation>
    </message>
    <message>
        <source>{0}, the rest: {1}</source>
        <translation>{0}, le reste&#x202f;: {1}</translation>
    </message>
    <message>
        <source>Old stock figures, of {0}.</source>
        <translation>Stock relevé le {0}&#x202f;: chiffres anciens.</translation>
    </message>
    <message>
        <source>carriage free</source>
        <translation>franco atteint</translation>
    </message>
    <message>
        <source>express {0}</source>
        <translation>express {0}</translation>
    </message>
    <message>
        <source>carriage {0}</source>
        <translation>port {0}</translation>
    </message>
    <message>
        <source>Add {0} of goods at {1} and carriage falls to zero.</source>
        <translation>Ajoutez {0} de marchandises chez {1} et le port tombe à zéro.</translation>
    </message>
    <message>
        <source>1 piece not in stock: delivered later.</source>
        <translation>1 pièce manque en stock&#x202f;: livrée plus tard.</translation>
    </message>
    <message>
        <source>{0} not in stock: delivered later.</source>
        <translation>{0} manquent en stock&#x202f;: livrées plus tard.</translation>
    </message>
</context>
<context>
    <name>PasteSheet</name>
    <message>
        <source>1 row left out</source>
        <translation>1 ligne laissée de côté</translation>
    </message>
    <message>
        <source>{0} rows left out</source>
        <translation>{0} lignes laissées de côté</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>Copier la liste</translation>
    </message>
    <message>
        <source>{0} brought in; these rows could not be.</source>
        <translation>{0} ajoutées&#x202f;; ces lignes n’ont pas pu l’être.</translation>
    </message>
    <message>
        <source>unknown or ambiguous reference</source>
        <translation>référence inconnue ou ambiguë</translation>
    </message>
    <message>
        <source>not a quantity</source>
        <translation>pas une quantité</translation>
    </message>
    <message>
        <source>unknown wholesaler</source>
        <translation>grossiste inconnu</translation>
    </message>
    <message>
        <source>row {0}: {1}</source>
        <translation>ligne {0}&#x202f;: {1}</translation>
    </message>
</context>
<context>
    <name>Payment</name>
    <message>
        <source>{0}: an invoice of today is due on {1}.</source>
        <translation>{0}&#x202f;: une facture d’aujourd’hui est due le {1}.</translation>
    </message>
    <message>
        <source>Early payment: {0} off, that is {1}, until {2}.</source>
        <translation>Escompte de {0}, soit {1}, jusqu’au {2}.</translation>
    </message>
    <message>
        <source>{0} days, then the end of that month</source>
        <translation>{0} jours, puis fin de mois</translation>
    </message>
    <message>
        <source>End of the month, then {0} days</source>
        <translation>Fin de mois, puis {0} jours</translation>
    </message>
    <message>
        <source>{0} days</source>
        <translation>{0} jours</translation>
    </message>
    <message>
        <source>On receipt</source>
        <translation>À réception</translation>
    </message>
</context>
<context>
    <name>Period</name>
    <message>
        <source>on {0}</source>
        <translation>le {0}</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>du {0} au {1}</translation>
    </message>
    <message>
        <source>from {0} on</source>
        <translation>à partir du {0}</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>jusqu’au {0}</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>version {0}</translation>
    </message>
</context>
<context>
    <name>PersonButton</name>
    <message>
        <source>Who are you?</source>
        <translation>Qui êtes-vous&#x202f;?</translation>
    </message>
    <message>
        <source>At this desk: {0}</source>
        <translation>À ce poste&#x202f;: {0}</translation>
    </message>
</context>
<context>
    <name>PersonSwitch</name>
    <message>
        <source>Who enters orders now?</source>
        <translation>Qui saisit maintenant&#x202f;?</translation>
    </message>
    <message>
        <source>A name, known or new</source>
        <translation>Un nom, connu ou nouveau</translation>
    </message>
    <message>
        <source>at this desk now</source>
        <translation>à ce poste maintenant</translation>
    </message>
    <message>
        <source>new at this desk</source>
        <translation>nouveau à ce poste</translation>
    </message>
</context>
<context>
    <name>PickSheet</name>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Possible plans</source>
        <translation>Plans possibles</translation>
    </message>
    <message>
        <source>being computed …</source>
        <translation>calcul en cours…</translation>
    </message>
    <message>
        <source>carriage and minimums included</source>
        <translation>port et minimums compris</translation>
    </message>
    <message>
        <source>Leave out old stock: {0}</source>
        <translation>Sans les stocks anciens&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Found for {0} in {1} ms.</source>
        <translation>Trouvés pour {0} en {1} ms.</translation>
    </message>
</context>
<context>
    <name>PlanWords</name>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>À la main</translation>
    </message>
    <message>
        <source>By hand: {0} ({1})</source>
        <translation>À la main&#x202f;: {0} ({1})</translation>
    </message>
    <message>
        <source>No other split is better: this was proven.</source>
        <translation>Aucune autre répartition n’est meilleure&#x202f;: c’est démontré.</translation>
    </message>
    <message>
        <source>The best split found. None costs less than {0}.</source>
        <translation>La meilleure répartition trouvée. Aucune ne coûte moins de {0}.</translation>
    </message>
    <message>
        <source>Cheapest</source>
        <translation>Le moins cher</translation>
    </message>
    <message>
        <source>Fewest deliveries</source>
        <translation>Moins de livraisons</translation>
    </message>
    <message>
        <source>Earliest</source>
        <translation>Le plus tôt</translation>
    </message>
    <message>
        <source>cannot be sent like this</source>
        <translation>ne peut pas partir ainsi</translation>
    </message>
    <message>
        <source>best plan found</source>
        <translation>meilleur plan trouvé</translation>
    </message>
    <message>
        <source>{0} on backorder</source>
        <translation>{0} en reliquat</translation>
    </message>
    <message>
        <source>Total excl. VAT</source>
        <translation>Total HT rendu</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>le plus bas</translation>
    </message>
    <message>
        <source>small-order fee included</source>
        <translation>petite commande comprise</translation>
    </message>
    <message>
        <source>free</source>
        <translation>franco</translation>
    </message>
    <message>
        <source>{0} below free carriage</source>
        <translation>{0} sous le franco</translation>
    </message>
    <message>
        <source>Carriage</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Livraisons</translation>
    </message>
    <message>
        <source>First pieces</source>
        <translation>Premières pièces</translation>
    </message>
    <message>
        <source>By {0}</source>
        <translation>Reçu le {0}</translation>
    </message>
    <message>
        <source>{0} of {1} pieces</source>
        <translation>{0} pièces sur {1}</translation>
    </message>
    <message>
        <source>All there</source>
        <translation>Tout reçu</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>earliest</source>
        <translation>le plus tôt</translation>
    </message>
</context>
<context>
    <name>PracticeBand</name>
    <message>
        <source>Practice mode</source>
        <translation>Mode exercice</translation>
    </message>
    <message>
        <source>Nothing reaches a real manufacturer.</source>
        <translation>Rien ne part chez un vrai fabricant.</translation>
    </message>
    <message>
        <source>Practice room</source>
        <translation>Salle d’exercice</translation>
    </message>
    <message>
        <source>Leave practice</source>
        <translation>Quitter l’exercice</translation>
    </message>
</context>
<context>
    <name>PriceAheadList</name>
    <message>
        <source>Prices to come</source>
        <translation>Prix à venir</translation>
    </message>
    <message>
        <source>{0} from {1} on, {2}</source>
        <translation>{0} à partir du {1}, {2}</translation>
    </message>
    <message>
        <source>list price {0}</source>
        <translation>tarif {0}</translation>
    </message>
    <message>
        <source>The promotion ends on {0}</source>
        <translation>La promotion finit le {0}</translation>
    </message>
</context>
<context>
    <name>PriceSheet</name>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>+ eco {0}</source>
        <translation>+ éco {0}</translation>
    </message>
    <message>
        <source>+ private copying levy {0}</source>
        <translation>+ copie privée {0}</translation>
    </message>
    <message>
        <source>{0} · quantity {1} · {2}</source>
        <translation>{0} · quantité {1} · {2}</translation>
    </message>
    <message>
        <source>unit price excl. VAT</source>
        <translation>prix unitaire HT</translation>
    </message>
</context>
<context>
    <name>ProblemWords</name>
    <message>
        <source>Below the minimum of {0}.</source>
        <translation>Sous le minimum de {0}.</translation>
    </message>
    <message>
        <source>Orders from {0} on; {1} are missing.</source>
        <translation>Commandes dès {0}&#x202f;; il manque {1}.</translation>
    </message>
    <message>
        <source>Credit exceeded by {0}.</source>
        <translation>Encours dépassé de {0}.</translation>
    </message>
    <message>
        <source>The order can leave; the manufacturer decides.</source>
        <translation>La commande peut partir&#x202f;; le fabricant décide.</translation>
    </message>
    <message>
        <source>Rounded from {0} to {1}.</source>
        <translation>Arrondi de {0} à {1}.</translation>
    </message>
    <message>
        <source>Sold in packs of {0}.</source>
        <translation>Vendu par colis de {0}.</translation>
    </message>
    <message>
        <source>Sold from {0} units on.</source>
        <translation>Vendu à partir de {0} unités.</translation>
    </message>
    <message>
        <source>Keep {0}</source>
        <translation>Garder {0}</translation>
    </message>
    <message>
        <source>Set {0}</source>
        <translation>Mettre {0}</translation>
    </message>
    <message>
        <source>{0} missing.</source>
        <translation>Il en manque {0}.</translation>
    </message>
    <message>
        <source>Deliver in 2 parts</source>
        <translation>Livrer en 2 fois</translation>
    </message>
    <message>
        <source>Wait for it</source>
        <translation>Attendre</translation>
    </message>
    <message>
        <source>Reduce to {0}</source>
        <translation>Réduire à {0}</translation>
    </message>
    <message>
        <source>The manufacturer refuses orders over the limit.</source>
        <translation>Le fabricant refuse les commandes au-delà du plafond.</translation>
    </message>
    <message>
        <source>The order can leave; the manufacturer holds it until it releases it.</source>
        <translation>La commande peut partir&#x202f;; le fabricant la retient jusqu’à ce qu’il la libère.</translation>
    </message>
    <message>
        <source>{0} does not deliver express.</source>
        <translation>{0} ne livre pas en express.</translation>
    </message>
    <message>
        <source>Choose another wholesaler, or the usual delivery.</source>
        <translation>Choisissez un autre grossiste, ou la livraison habituelle.</translation>
    </message>
    <message>
        <source>Your VAT number is not known.</source>
        <translation>Votre numéro de TVA n’est pas connu.</translation>
    </message>
    <message>
        <source>French VAT is charged; the manufacturer can enter your number.</source>
        <translation>La TVA française est appliquée&#x202f;; le fabricant peut saisir votre numéro.</translation>
    </message>
    <message>
        <source>Only {0} left at this price.</source>
        <translation>Plus que {0} à ce prix.</translation>
    </message>
    <message>
        <source>{0}: the lines of this order together want {1}.</source>
        <translation>{0}&#x202f;: les lignes de cette commande en demandent {1}.</translation>
    </message>
    <message>
        <source>Take from {0}</source>
        <translation>Prendre chez {0}</translation>
    </message>
    <message>
        <source>{0}: {1} on {2}</source>
        <translation>{0}&#x202f;: {1} le {2}</translation>
    </message>
    <message>
        <source>No arrival date is known.</source>
        <translation>Aucune date d’arrivée connue.</translation>
    </message>
    <message>
        <source>Nobody carries it.</source>
        <translation>Personne ne le distribue.</translation>
    </message>
    <message>
        <source>No wholesaler lists this product.</source>
        <translation>Aucun grossiste ne distribue ce produit.</translation>
    </message>
    <message>
        <source>{0} does not carry it.</source>
        <translation>{0} ne le distribue pas.</translation>
    </message>
    <message>
        <source>Carried by {0}.</source>
        <translation>Distribué par {0}.</translation>
    </message>
    <message>
        <source>Unknown wholesaler {0}.</source>
        <translation>Grossiste {0} inconnu.</translation>
    </message>
    <message>
        <source>Choose for me</source>
        <translation>Choisir pour moi</translation>
    </message>
    <message>
        <source>No wholesaler has that code.</source>
        <translation>Aucun grossiste n’a ce code.</translation>
    </message>
    <message>
        <source>Unknown reference.</source>
        <translation>Référence inconnue.</translation>
    </message>
    <message>
        <source>The catalogue has no such product.</source>
        <translation>Le catalogue n’a pas ce produit.</translation>
    </message>
    <message>
        <source>No longer sold.</source>
        <translation>N’est plus vendu.</translation>
    </message>
    <message>
        <source>No replacement is named.</source>
        <translation>Aucun remplaçant n’est indiqué.</translation>
    </message>
    <message>
        <source>Take {0}</source>
        <translation>Prendre {0}</translation>
    </message>
    <message>
        <source>Replaced by {0}.</source>
        <translation>Remplacé par {0}.</translation>
    </message>
    <message>
        <source>Too few.</source>
        <translation>Trop peu.</translation>
    </message>
    <message>
        <source>Not a full pack.</source>
        <translation>Colis incomplet.</translation>
    </message>
    <message>
        <source>This quantity cannot be ordered.</source>
        <translation>Cette quantité ne peut pas être commandée.</translation>
    </message>
    <message>
        <source>At most {0} per line.</source>
        <translation>Au plus {0} par ligne.</translation>
    </message>
    <message>
        <source>Twice in this order.</source>
        <translation>Deux fois dans cette commande.</translation>
    </message>
    <message>
        <source>The same product stands on another line.</source>
        <translation>Le même produit est sur une autre ligne.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>ProductPanel</name>
    <message>
        <source>Copy the reference</source>
        <translation>Copier la référence</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>My net unit price excl. VAT</source>
        <translation>Mon prix net unitaire HT</translation>
    </message>
    <message>
        <source>Copy the calculation</source>
        <translation>Copier le calcul</translation>
    </message>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>Et si…</translation>
    </message>
    <message>
        <source>My conditions for it</source>
        <translation>Mes conditions pour lui</translation>
    </message>
    <message>
        <source>Quantity breaks</source>
        <translation>Paliers de quantité</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Commander</translation>
    </message>
    <message>
        <source>Stock of the wholesalers</source>
        <translation>Stock chez les grossistes</translation>
    </message>
    <message>
        <source>Choose a product: its price, why, and its stock appear here.</source>
        <translation>Choisissez un produit&#x202f;: son prix, pourquoi, et son stock s’affichent ici.</translation>
    </message>
    <message>
        <source>No wholesaler carries it.</source>
        <translation>Aucun grossiste ne le distribue.</translation>
    </message>
    <message>
        <source>Sold in packs of {0}: {1} will be ordered.</source>
        <translation>Vendu par colis de {0}&#x202f;: {1} seront commandés.</translation>
    </message>
    <message>
        <source>Order {0}</source>
        <translation>Commander {0}</translation>
    </message>
    <message>
        <source>+ eco {0}</source>
        <translation>+ éco {0}</translation>
    </message>
    <message>
        <source>in stock</source>
        <translation>en stock</translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation>il en manque {0}</translation>
    </message>
    <message>
        <source>no arrival date known</source>
        <translation>pas de date d’arrivée</translation>
    </message>
    <message>
        <source>{0} arrive on {1}</source>
        <translation>arrivée de {0} le {1}</translation>
    </message>
    <message>
        <source>arrival on {0}</source>
        <translation>arrivée le {0}</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Invoiced</source>
        <translation>Facturée</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>Expédiée</translation>
    </message>
    <message>
        <source>Partly shipped, {0} to come</source>
        <translation>Partielle, {0} à venir</translation>
    </message>
    <message>
        <source>Partly shipped</source>
        <translation>Expédiée en partie</translation>
    </message>
    <message>
        <source>{0} to come</source>
        <translation>{0} à venir</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmée</translation>
    </message>
    <message>
        <source>Not confirmed yet</source>
        <translation>Pas encore confirmée</translation>
    </message>
    <message>
        <source>The practice manufacturer is being set up</source>
        <translation>Le fabricant d’entraînement se met en place</translation>
    </message>
    <message>
        <source>The catalogue is being received</source>
        <translation>Réception du catalogue</translation>
    </message>
    <message>
        <source>Products are being put in place</source>
        <translation>Mise en place des produits</translation>
    </message>
    <message>
        <source>The search is being prepared</source>
        <translation>Préparation de la recherche</translation>
    </message>
    <message>
        <source>Synchronising</source>
        <translation>Synchronisation</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0} sur {1} Mo</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
    <message>
        <source>{0}, {1} left</source>
        <translation>{0}, encore {1}</translation>
    </message>
</context>
<context>
    <name>ProgressGrid</name>
    <message>
        <source>Sub-orders</source>
        <translation>Sous-commandes</translation>
    </message>
</context>
<context>
    <name>ProgressModel</name>
    <message>
        <source>Product</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>Commandé</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmé</translation>
    </message>
    <message>
        <source>To come</source>
        <translation>À venir</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>Expédié</translation>
    </message>
    <message>
        <source>Invoiced</source>
        <translation>Facturé</translation>
    </message>
    <message>
        <source>Total ex VAT</source>
        <translation>Total HT</translation>
    </message>
</context>
<context>
    <name>QueueFile</name>
    <message>
        <source>It is damaged or not complete. Export it again; if that desk is gone, send the file to the manufacturer: he can enter what is whole of it.</source>
        <translation>Il est endommagé ou incomplet. Exportez-le à nouveau&#x202f;; si ce poste n’existe plus, envoyez le fichier au fabricant&#x202f;: il peut enregistrer ce qui en est intact.</translation>
    </message>
    <message>
        <source>It is for another manufacturer; this desk works with {0}.</source>
        <translation>Il est destiné à un autre fabricant&#x202f;; ce poste travaille avec {0}.</translation>
    </message>
    <message>
        <source>It is of account {0}; this desk works for {1}.</source>
        <translation>Il vient du compte {0}&#x202f;; ce poste travaille pour {1}.</translation>
    </message>
    <message>
        <source>It is not a queue that Comptoir has exported.</source>
        <translation>Ce n’est pas une file exportée par Comptoir.</translation>
    </message>
    <message>
        <source>This file cannot be sent from here</source>
        <translation>Ce fichier ne peut pas être envoyé d’ici</translation>
    </message>
    <message>
        <source>Nothing to export</source>
        <translation>Rien à exporter</translation>
    </message>
    <message>
        <source>No order waits on this desk.</source>
        <translation>Aucune commande n’attend sur ce poste.</translation>
    </message>
    <message>
        <source>Nothing was exported</source>
        <translation>Rien n’a été exporté</translation>
    </message>
    <message>
        <source>This desk has no key of the manufacturer&apos;s server yet: only he must be able to read such a file.</source>
        <translation>Ce poste n’a pas encore la clé du serveur du fabricant&#x202f;: lui seul doit pouvoir lire un tel fichier.</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server takes no such files yet</source>
        <translation>Le serveur du fabricant n’accepte pas encore ces fichiers</translation>
    </message>
    <message>
        <source>Send the file to the manufacturer: he can read it.</source>
        <translation>Envoyez le fichier au fabricant&#x202f;: il peut le lire.</translation>
    </message>
    <message>
        <source>The manufacturer has shut out this desk</source>
        <translation>Le fabricant a bloqué ce poste</translation>
    </message>
    <message>
        <source>Your orders are kept here. Call the manufacturer; if it is a mistake, sign in again with a new code in the settings.</source>
        <translation>Vos commandes sont conservées ici. Appelez le fabricant&#x202f;; si c’est une erreur, identifiez-vous à nouveau avec un nouveau code dans les réglages.</translation>
    </message>
    <message>
        <source>He says: {0}. {1}</source>
        <translation>Motif&#x202f;: {0}. {1}</translation>
    </message>
    <message>
        <source>What had not left was handed over. Its data can no longer be opened on this computer.</source>
        <translation>Ce qui n’était pas parti a été remis. Ses données ne peuvent plus être ouvertes sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>QueueFilePanel</name>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>The queue of this desk, for another desk to send</source>
        <translation>La file de ce poste, pour qu’un autre poste l’envoie</translation>
    </message>
    <message>
        <source>Send…</source>
        <translation>Envoyer…</translation>
    </message>
    <message>
        <source>The queue that another desk has exported</source>
        <translation>La file qu’un autre poste a exportée</translation>
    </message>
    <message>
        <source>Queue in a file</source>
        <translation>File d’attente dans un fichier</translation>
    </message>
    <message>
        <source>Export the queue</source>
        <translation>Exporter la file</translation>
    </message>
    <message>
        <source>Send a queue file</source>
        <translation>Envoyer un fichier de file</translation>
    </message>
    <message>
        <source>1 order is in {0}.</source>
        <translation>1 commande est dans {0}.</translation>
    </message>
    <message>
        <source>{0} orders are in {1}.</source>
        <translation>{0} commandes sont dans {1}.</translation>
    </message>
    <message>
        <source>1 of them is held back: it is sent only if you say so there.</source>
        <translation>1 d’entre elles est retenue&#x202f;: elle ne part que si vous le demandez là-bas.</translation>
    </message>
    <message>
        <source>{0} of them are held back: they are sent only if you say so there.</source>
        <translation>{0} d’entre elles sont retenues&#x202f;: elles ne partent que si vous le demandez là-bas.</translation>
    </message>
    <message>
        <source>They stay here too; each is entered once, whichever desk sends it.</source>
        <translation>Elles restent aussi ici&#x202f;; chacune n’est enregistrée qu’une fois, quel que soit le poste qui l’envoie.</translation>
    </message>
    <message>
        <source>Exported queues</source>
        <translation>Files exportées</translation>
    </message>
</context>
<context>
    <name>QueueFileSheet</name>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Send the orders of another desk</source>
        <translation>Envoyer les commandes d’un autre poste</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Envoi…</translation>
    </message>
    <message>
        <source>What had been sent by then counts; send the file again at any time: no order is entered twice.</source>
        <translation>Ce qui était parti compte. Renvoyez le fichier quand vous voulez&#x202f;: aucune commande n’est enregistrée deux fois.</translation>
    </message>
    <message>
        <source>The file holds 1 order, exported on {0} at {1}.</source>
        <translation>Le fichier contient 1 commande, exportée le {0} à {1}.</translation>
    </message>
    <message>
        <source>The file holds {0} orders, exported on {1} at {2}.</source>
        <translation>Le fichier contient {0} commandes, exportées le {1} à {2}.</translation>
    </message>
    <message>
        <source>This very desk has exported it: its orders also leave from here by themselves.</source>
        <translation>C’est ce poste qui l’a exporté&#x202f;: ses commandes partent aussi d’ici d’elles-mêmes.</translation>
    </message>
    <message>
        <source>Only the manufacturer can read them. Each is entered once, and keeps its author.</source>
        <translation>Seul le fabricant peut les lire. Chacune n’est enregistrée qu’une fois et garde son auteur.</translation>
    </message>
    <message>
        <source>Send the order too that was held back</source>
        <translation>Envoyer aussi la commande retenue</translation>
    </message>
    <message>
        <source>Send the {0} orders too that were held back</source>
        <translation>Envoyer aussi les {0} commandes retenues</translation>
    </message>
    <message>
        <source>1 order was entered.</source>
        <translation>1 commande a été enregistrée.</translation>
    </message>
    <message>
        <source>{0} orders were entered.</source>
        <translation>{0} commandes ont été enregistrées.</translation>
    </message>
    <message>
        <source>1 order had been entered before.</source>
        <translation>1 commande était déjà enregistrée.</translation>
    </message>
    <message>
        <source>{0} orders had been entered before.</source>
        <translation>{0} commandes étaient déjà enregistrées.</translation>
    </message>
    <message>
        <source>Terms have changed for 1 order: it is decided at the desk it is of.</source>
        <translation>Les conditions ont changé pour 1 commande&#x202f;: la décision se prend au poste d’où elle vient.</translation>
    </message>
    <message>
        <source>Terms have changed for {0} orders: they are decided at the desk they are of.</source>
        <translation>Les conditions ont changé pour {0} commandes&#x202f;: la décision se prend au poste d’où elles viennent.</translation>
    </message>
    <message>
        <source>1 order was refused; its desk is told why.</source>
        <translation>1 commande a été refusée&#x202f;; son poste saura pourquoi.</translation>
    </message>
    <message>
        <source>{0} orders were refused; their desk is told why.</source>
        <translation>{0} commandes ont été refusées&#x202f;; leur poste saura pourquoi.</translation>
    </message>
    <message>
        <source>1 order is held back and was not sent.</source>
        <translation>1 commande est retenue et n’a pas été envoyée.</translation>
    </message>
    <message>
        <source>{0} orders are held back and were not sent.</source>
        <translation>{0} commandes sont retenues et n’ont pas été envoyées.</translation>
    </message>
    <message>
        <source>1 order was not taken: it is dealt with at its desk, or send the file again later.</source>
        <translation>1 commande n’a pas été prise&#x202f;: elle se règle à son poste, ou renvoyez le fichier plus tard.</translation>
    </message>
    <message>
        <source>{0} orders were not taken: they are dealt with at their desk, or send the file again later.</source>
        <translation>{0} commandes n’ont pas été prises&#x202f;: elles se règlent à leur poste, ou renvoyez le fichier plus tard.</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>What waits</source>
        <translation>Ce qui attend</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>To decide</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Leaving</source>
        <translation>En partance</translation>
    </message>
    <message>
        <source>Will leave when the network returns</source>
        <translation>Partiront au retour du réseau</translation>
    </message>
    <message>
        <source>Held back by you</source>
        <translation>Retenue par vous</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} autres</translation>
    </message>
    <message>
        <source>{0} not listed</source>
        <translation>{0} hors liste</translation>
    </message>
</context>
<context>
    <name>QuitDialog</name>
    <message>
        <source>1 order has not left this desk yet</source>
        <translation>1 commande n’a pas encore quitté ce poste</translation>
    </message>
    <message>
        <source>{0} orders have not left this desk yet</source>
        <translation>{0} commandes n’ont pas encore quitté ce poste</translation>
    </message>
    <message>
        <source>Everything is saved here and leaves by itself the next time Comptoir runs.</source>
        <translation>Tout est enregistré ici et partira de lui-même au prochain démarrage de Comptoir.</translation>
    </message>
    <message>
        <source>Everything is saved here. What you hold back leaves when you let it go.</source>
        <translation>Tout est enregistré ici. Ce que vous retenez partira quand vous le laisserez partir.</translation>
    </message>
    <message>
        <source>What you hold back stays here.</source>
        <translation>Ce que vous retenez reste ici.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
</context>
<context>
    <name>Recipient</name>
    <message>
        <source>For our stock</source>
        <translation>Pour notre stock</translation>
    </message>
    <message>
        <source>delivered to our address</source>
        <translation>livré à notre adresse</translation>
    </message>
    <message>
        <source>delivered to {0}</source>
        <translation>livré à {0}</translation>
    </message>
    <message>
        <source>other address</source>
        <translation>autre adresse</translation>
    </message>
    <message>
        <source>For a client</source>
        <translation>Pour un client</translation>
    </message>
    <message>
        <source>as soon as possible</source>
        <translation>dès que possible</translation>
    </message>
    <message>
        <source>wanted for {0}</source>
        <translation>souhaité pour le {0}</translation>
    </message>
    <message>
        <source>all at once</source>
        <translation>en une fois</translation>
    </message>
    <message>
        <source>each part as soon as it is there</source>
        <translation>chaque partie dès qu’elle est là</translation>
    </message>
    <message>
        <source>express, {0}</source>
        <translation>express, {0}</translation>
    </message>
</context>
<context>
    <name>RecipientStep</name>
    <message>
        <source>order number of your client, or yours</source>
        <translation>n° de commande du client, ou le vôtre</translation>
    </message>
    <message>
        <source>only where the goods are for one client</source>
        <translation>seulement si la marchandise est pour un client</translation>
    </message>
    <message>
        <source>for the manufacturer</source>
        <translation>pour le fabricant</translation>
    </message>
    <message>
        <source>To our address</source>
        <translation>À notre adresse</translation>
    </message>
    <message>
        <source>To another address</source>
        <translation>À une autre adresse</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Où livrer</translation>
    </message>
    <message>
        <source>Wanted for a date</source>
        <translation>Souhaité pour une date</translation>
    </message>
    <message>
        <source>Each part as soon as it is there</source>
        <translation>Chaque partie dès qu’elle est là</translation>
    </message>
    <message>
        <source>All at once</source>
        <translation>En une fois</translation>
    </message>
    <message>
        <source>How to deliver</source>
        <translation>Comment livrer</translation>
    </message>
    <message>
        <source>Express delivery</source>
        <translation>Livraison express</translation>
    </message>
    <message>
        <source>{0}: no express</source>
        <translation>{0}&#x202f;: pas d’express</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#x202f;: {1}</translation>
    </message>
    <message>
        <source>What it costs shows here once there are lines.</source>
        <translation>Son coût s’affiche ici dès qu’il y a des lignes.</translation>
    </message>
    <message>
        <source>Wanted date</source>
        <translation>Date souhaitée</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Rue</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Code postal</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ville</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>Customer reference</source>
        <translation>Référence client</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>When and how</source>
        <translation>Quand et comment</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Livraison</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Everything is saved at once; you can come back here at any time.</source>
        <translation>Tout est enregistré aussitôt&#x202f;; vous pouvez revenir ici à tout moment.</translation>
    </message>
</context>
<context>
    <name>RecoveryCard</name>
    <message>
        <source>This desk has no recovery code: once the computer has lost its key, nothing opens it.</source>
        <translation>Ce poste n’a pas de code de secours&#x202f;: si l’ordinateur perd la clé, plus rien ne l’ouvre.</translation>
    </message>
    <message>
        <source>Make a recovery code</source>
        <translation>Faire un code de secours</translation>
    </message>
    <message>
        <source>Made on {0}. A new one takes its place: the earlier one then opens nothing.</source>
        <translation>Fait le {0}. Un nouveau code le remplace&#x202f;: l’ancien n’ouvre alors plus rien.</translation>
    </message>
    <message>
        <source>Make a new one</source>
        <translation>En faire un nouveau</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Code de secours</translation>
    </message>
    <message>
        <source>The new recovery code holds from now on.</source>
        <translation>Le nouveau code de secours est valable dès maintenant.</translation>
    </message>
</context>
<context>
    <name>RecoveryCodeView</name>
    <message>
        <source>I have kept it</source>
        <translation>Je l’ai gardé</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>Save as text</source>
        <translation>Enregistrer en texte</translation>
    </message>
    <message>
        <source>With this code the orders of this desk open again after the computer was replaced, or has lost its key. It is shown only now and kept nowhere: keep it on paper, away from this computer.</source>
        <translation>Avec ce code, les commandes de ce poste s’ouvrent de nouveau quand l’ordinateur a été remplacé ou a perdu sa clé. Il n’est montré que maintenant et n’est gardé nulle part&#x202f;: gardez-le sur papier, loin de cet ordinateur.</translation>
    </message>
    <message>
        <source>Your recovery code</source>
        <translation>Votre code de secours</translation>
    </message>
    <message>
        <source>The last four letters of the code, to be sure that you have it</source>
        <translation>Les quatre derniers caractères du code, pour être sûr que vous l’avez</translation>
    </message>
    <message>
        <source>These are not the last four letters of this code.</source>
        <translation>Ce ne sont pas les quatre derniers caractères de ce code.</translation>
    </message>
    <message>
        <source>Comptoir: recovery code</source>
        <translation>Comptoir&#x202f;: code de secours</translation>
    </message>
    <message>
        <source>Desk of {0} ({1})</source>
        <translation>Poste de {0} ({1})</translation>
    </message>
    <message>
        <source>Manufacturer: {0}</source>
        <translation>Fabricant&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Data folder: {0}</source>
        <translation>Dossier des données&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Made on {0}</source>
        <translation>Fait le {0}</translation>
    </message>
    <message>
        <source>Whoever has this code and the data folder can read all orders: keep it away from the computer.</source>
        <translation>Qui a ce code et le dossier des données peut lire toutes les commandes&#x202f;: gardez-le loin de l’ordinateur.</translation>
    </message>
    <message>
        <source>If Comptoir does not open any more, it asks for this code by itself.</source>
        <translation>Si Comptoir ne s’ouvre plus, il demande ce code de lui-même.</translation>
    </message>
    <message>
        <source>Saved as {0}. Take the file away from this computer.</source>
        <translation>Enregistré sous {0}. Mettez ce fichier ailleurs que sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Code de secours</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>comptoir-recovery-code</source>
        <translation>comptoir-code-de-secours</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>The recovery code is missing.</source>
        <translation>Le code de secours manque.</translation>
    </message>
    <message>
        <source>Recovery code, as it was printed</source>
        <translation>Code de secours, tel qu’il a été imprimé</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Open Comptoir</source>
        <translation>Ouvrir Comptoir</translation>
    </message>
    <message>
        <source>This desk is put back</source>
        <translation>Ce poste est rétabli</translation>
    </message>
    <message>
        <source>This computer has lost the key of this desk</source>
        <translation>Cet ordinateur a perdu la clé de ce poste</translation>
    </message>
    <message>
        <source>The file with the orders of this desk is gone</source>
        <translation>Le fichier des commandes de ce poste a disparu</translation>
    </message>
    <message>
        <source>The file with the orders of this desk cannot be read any more</source>
        <translation>Le fichier des commandes de ce poste n’est plus lisible</translation>
    </message>
    <message>
        <source>Your recovery code opens it again. After that, sign in with a new code of the manufacturer.</source>
        <translation>Votre code de secours l’ouvre de nouveau. Reconnectez-vous ensuite avec un nouveau code du fabricant.</translation>
    </message>
    <message>
        <source>There is a backup of {0}.</source>
        <translation>Il y a une sauvegarde du {0}.</translation>
    </message>
    <message>
        <source>There is no backup: an empty file is begun. Drafts are lost; what the manufacturer has comes back.</source>
        <translation>Il n’y a pas de sauvegarde&#x202f;: un fichier vide est commencé. Les brouillons sont perdus&#x202f;; ce que le fabricant a revient.</translation>
    </message>
    <message>
        <source>Nothing is deleted. An order that comes back is looked up before it is sent: none leaves twice.</source>
        <translation>Rien n’est effacé. Une commande rétablie est d’abord recherchée chez le fabricant&#x202f;: aucune ne part deux fois.</translation>
    </message>
    <message>
        <source>Nothing is deleted: the present file is kept in the folder. An order that comes back is looked up before it is sent: none leaves twice.</source>
        <translation>Rien n’est effacé&#x202f;: le fichier actuel reste dans le dossier. Une commande rétablie est d’abord recherchée chez le fabricant&#x202f;: aucune ne part deux fois.</translation>
    </message>
    <message>
        <source>The key is back. Sign in again in the settings, with a new code.</source>
        <translation>La clé est revenue. Reconnectez-vous dans les réglages, avec un nouveau code.</translation>
    </message>
    <message>
        <source>The backup is in place.</source>
        <translation>La sauvegarde est en place.</translation>
    </message>
    <message>
        <source>An empty file is begun; the first synchronisation fills it.</source>
        <translation>Un fichier vide est commencé&#x202f;; la première synchronisation le remplit.</translation>
    </message>
    <message>
        <source>{0} copies are sealed to another key and stay where they are.</source>
        <translation>{0} copies sont scellées pour une autre clé et restent où elles sont.</translation>
    </message>
    <message>
        <source>{0} at {1}</source>
        <translation>{0} à {1}</translation>
    </message>
    <message>
        <source>1 order that had not left is in the second copy.</source>
        <translation>1 commande qui n’était pas partie est dans la seconde copie.</translation>
    </message>
    <message>
        <source>{0} orders that had not left are in the second copy.</source>
        <translation>{0} commandes qui n’étaient pas parties sont dans la seconde copie.</translation>
    </message>
    <message>
        <source>1 order that had not left is back.</source>
        <translation>1 commande qui n’était pas partie est revenue.</translation>
    </message>
    <message>
        <source>{0} orders that had not left are back.</source>
        <translation>{0} commandes qui n’étaient pas parties sont revenues.</translation>
    </message>
    <message>
        <source>1 order was in the second folder only and is held: look at it, then let it go.</source>
        <translation>1 commande n’était que dans le second dossier et est retenue&#x202f;: regardez-la, puis laissez-la partir.</translation>
    </message>
    <message>
        <source>{0} orders were in the second folder only and are held: look at them, then let them go.</source>
        <translation>{0} commandes n’étaient que dans le second dossier et sont retenues&#x202f;: regardez-les, puis laissez-les partir.</translation>
    </message>
    <message>
        <source>1 order of the backup is held: it was answered or taken back since. Look at it.</source>
        <translation>1 commande de la sauvegarde est retenue&#x202f;: elle a reçu une réponse ou a été reprise depuis. Regardez-la.</translation>
    </message>
    <message>
        <source>{0} orders of the backup are held: they were answered or taken back since. Look at them.</source>
        <translation>{0} commandes de la sauvegarde sont retenues&#x202f;: elles ont reçu une réponse ou ont été reprises depuis. Regardez-les.</translation>
    </message>
</context>
<context>
    <name>Request</name>
    <message>
        <source>Special price, order {0}</source>
        <translation>Prix spécial, commande {0}</translation>
    </message>
    <message>
        <source>Special price asked for on {0} (order {1}):</source>
        <translation>Prix spécial demandé le {0} (commande {1})&#x202f;:</translation>
    </message>
    <message>
        <source>{0}: ordered at {1}, not offered any more.</source>
        <translation>{0}&#x202f;: commandé à {1}, n’est plus proposé.</translation>
    </message>
    <message>
        <source>{0}: ordered at {1}, offered at {2}.</source>
        <translation>{0}&#x202f;: commandé à {1}, proposé à {2}.</translation>
    </message>
</context>
<context>
    <name>RequestCard</name>
    <message>
        <source>Request for a special price</source>
        <translation>Demande de prix spécial</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>By mail</source>
        <translation>Par mail</translation>
    </message>
    <message>
        <source>It becomes the note of a new draft with these lines; nothing is sent by itself.</source>
        <translation>Elle devient la note d’un nouveau brouillon avec ces lignes&#x202f;; rien ne part tout seul.</translation>
    </message>
    <message>
        <source>The request is in the clipboard.</source>
        <translation>La demande est dans le presse-papiers.</translation>
    </message>
    <message>
        <source>No mail program opened. Copy the request instead.</source>
        <translation>Aucune messagerie ne s’est ouverte. Copiez plutôt la demande.</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Products found</source>
        <translation>Produits trouvés</translation>
    </message>
    <message>
        <source>not carried</source>
        <translation>non distribué</translation>
    </message>
    <message>
        <source>no date</source>
        <translation>sans date</translation>
    </message>
    <message>
        <source>on {0}</source>
        <translation>le {0}</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>remplacé</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>Product</source>
        <translation>Produit</translation>
    </message>
    <message>
        <source>My net price</source>
        <translation>Mon net HT</translation>
    </message>
    <message>
        <source>not carried</source>
        <translation>non distribué</translation>
    </message>
</context>
<context>
    <name>ReviewGrid</name>
    <message>
        <source>What will be sent</source>
        <translation>Ce qui sera envoyé</translation>
    </message>
</context>
<context>
    <name>ReviewStep</name>
    <message>
        <source>Online.</source>
        <translation>En ligne.</translation>
    </message>
    <message>
        <source>The order leaves as soon as you send it.</source>
        <translation>La commande part dès que vous l’envoyez.</translation>
    </message>
    <message>
        <source>Offline.</source>
        <translation>Hors ligne.</translation>
    </message>
    <message>
        <source>The order is kept here and leaves by itself when the network returns.</source>
        <translation>La commande est gardée ici et part d’elle-même au retour du réseau.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Delivered to</source>
        <translation>Livrée à</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Livraison</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Order discount</source>
        <translation>Remise sur commande</translation>
    </message>
    <message>
        <source>Private copying levy</source>
        <translation>Copie privée</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>TVA</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Paiement</translation>
    </message>
    <message>
        <source>Line {0}: {1}</source>
        <translation>Ligne {0}&#x202f;: {1}</translation>
    </message>
    <message>
        <source>See the lines</source>
        <translation>Voir les lignes</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>et {0} autres</translation>
    </message>
    <message>
        <source>and 1 more</source>
        <translation>et 1 autre</translation>
    </message>
</context>
<context>
    <name>Rooms</name>
    <message>
        <source>Home</source>
        <translation>Accueil</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Formation</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation>Synchronisation</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>What if: which product?</source>
        <translation>Et si&#x202f;: quel produit&#x202f;?</translation>
    </message>
    <message>
        <source>Words in any order, reference, EAN</source>
        <translation>Mots dans le désordre, référence, EAN</translation>
    </message>
</context>
<context>
    <name>SearchPopup</name>
    <message>
        <source>No product found</source>
        <translation>Aucun produit trouvé</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>pas de prix</translation>
    </message>
    <message>
        <source>No product matches “{0}”</source>
        <translation>Aucun produit ne correspond à «&#x202f;{0}&#x202f;»</translation>
    </message>
    <message>
        <source>empty the cell</source>
        <translation>vider la case</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>choisir</translation>
    </message>
    <message>
        <source>take</source>
        <translation>prendre</translation>
    </message>
    <message>
        <source>details</source>
        <translation>fiche</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} sur {1}</translation>
    </message>
</context>
<context>
    <name>SecondFolderCard</name>
    <message>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <source>No second folder</source>
        <translation>Pas de second dossier</translation>
    </message>
    <message>
        <source>Orders that have not left lie there too, sealed: only your recovery code opens them elsewhere.</source>
        <translation>Les commandes qui ne sont pas parties s’y trouvent aussi, scellées&#x202f;: ailleurs, seul votre code de secours les ouvre.</translation>
    </message>
    <message>
        <source>Second folder</source>
        <translation>Second dossier</translation>
    </message>
    <message>
        <source>None. A USB stick, or another disk, keeps them when this computer is lost.</source>
        <translation>Aucun. Une clé USB ou un autre disque les garde si cet ordinateur est perdu.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claires</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombres</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>First name and name</source>
        <translation>Prénom et nom</translation>
    </message>
    <message>
        <source>Your name on orders</source>
        <translation>Votre nom sur les commandes</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>This desk</source>
        <translation>Ce poste</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>Au prochain démarrage.</translation>
    </message>
    <message>
        <source>Practice manufacturer on this computer</source>
        <translation>Fabricant d’entraînement, sur ce poste</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>Fabricant</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copier le chemin</translation>
    </message>
    <message>
        <source>Orders and conditions lie in desk.db, encrypted; the catalogue can be read again at any time.</source>
        <translation>Commandes et conditions sont dans desk.db, chiffrées&#x202f;; le catalogue peut être relu à tout moment.</translation>
    </message>
    <message>
        <source>Practice data only: nothing in this folder is confidential.</source>
        <translation>Données d’exercice seulement&#x202f;: rien de confidentiel dans ce dossier.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Dossier des données</translation>
    </message>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>The new text size holds from the next start on.</source>
        <translation>La nouvelle taille du texte vaut au prochain démarrage.</translation>
    </message>
</context>
<context>
    <name>ShareRow</name>
    <message>
        <source>Share</source>
        <translation>Partager</translation>
    </message>
    <message>
        <source>Only you see this draft.</source>
        <translation>Vous seul le voyez.</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server does not take this draft.</source>
        <translation>Le serveur du fabricant ne prend pas ce brouillon.</translation>
    </message>
    <message>
        <source>Shared: your colleagues see it.</source>
        <translation>Partagé&#x202f;: vos collègues le voient.</translation>
    </message>
    <message>
        <source>Shared; your colleagues hear of it soon.</source>
        <translation>Partagé&#x202f;; vos collègues le sauront bientôt.</translation>
    </message>
</context>
<context>
    <name>Shares</name>
    <message>
        <source>A colleague</source>
        <translation>Un collègue</translation>
    </message>
    <message>
        <source>{0}, since {1}</source>
        <translation>{0}, depuis {1}</translation>
    </message>
    <message>
        <source>{0} changed it too</source>
        <translation>{0} l’a modifié aussi</translation>
    </message>
    <message>
        <source>Draft, cannot be shared</source>
        <translation>Brouillon, ne peut être partagé</translation>
    </message>
    <message>
        <source>Shared draft</source>
        <translation>Brouillon partagé</translation>
    </message>
    <message>
        <source>Shared draft, not told yet</source>
        <translation>Brouillon partagé, pas encore transmis</translation>
    </message>
</context>
<context>
    <name>ShellWindow</name>
    <message>
        <source>PRACTICE</source>
        <translation>EXERCICE</translation>
    </message>
</context>
<context>
    <name>SignInAgain</name>
    <message>
        <source>New one-time code</source>
        <translation>Nouveau code à usage unique</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>This desk is signed in again.</source>
        <translation>Ce poste est de nouveau connecté.</translation>
    </message>
</context>
<context>
    <name>SourcingStep</name>
    <message>
        <source>Choose for me</source>
        <translation>Choisir pour moi</translation>
    </message>
    <message>
        <source>draw a line, or</source>
        <translation>glissez une ligne, ou</translation>
    </message>
    <message>
        <source>other wholesaler</source>
        <translation>autre grossiste</translation>
    </message>
    <message>
        <source>compare</source>
        <translation>comparer</translation>
    </message>
    <message>
        <source>In {0}</source>
        <translation>En {0}</translation>
    </message>
    <message>
        <source>Sourcing</source>
        <translation>Approvisionnement</translation>
    </message>
    <message>
        <source>No line yet</source>
        <translation>Aucune ligne</translation>
    </message>
    <message>
        <source>Enter the lines first.</source>
        <translation>Saisissez d’abord les lignes.</translation>
    </message>
    <message>
        <source>No other wholesaler carries this product.</source>
        <translation>Aucun autre grossiste ne distribue ce produit.</translation>
    </message>
    <message>
        <source>{0} does not carry this product.</source>
        <translation>{0} n’a pas ce produit.</translation>
    </message>
    <message>
        <source>Moved: {0} on the order, carriage included.</source>
        <translation>Ligne déplacée&#x202f;: {0} sur la commande, port compris.</translation>
    </message>
    <message>
        <source>Moved: the order costs the same.</source>
        <translation>Ligne déplacée&#x202f;: la commande coûte autant.</translation>
    </message>
    <message>
        <source>Let the rules choose</source>
        <translation>Laisser la règle choisir</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>pas de prix</translation>
    </message>
    <message>
        <source>{0}: {1}, {2} in stock</source>
        <translation>{0}&#x202f;: {1}, {2} en stock</translation>
    </message>
    <message>
        <source>{0}, {1} on the order</source>
        <translation>{0}, {1} sur la commande</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>practice manufacturer on this computer</source>
        <translation>fabricant d’entraînement sur ce poste</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Pas relié</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Connexion à refaire</translation>
    </message>
    <message>
        <source>Shut out by the manufacturer</source>
        <translation>Bloqué par le fabricant</translation>
    </message>
    <message>
        <source>Account suspended</source>
        <translation>Compte suspendu</translation>
    </message>
    <message>
        <source>Update needed</source>
        <translation>Mise à jour nécessaire</translation>
    </message>
    <message>
        <source>Another server answers</source>
        <translation>Un autre serveur répond</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Offline for {0}</source>
        <translation>Hors ligne depuis {0}</translation>
    </message>
    <message>
        <source>{0} terms</source>
        <translation>conditions {0}</translation>
    </message>
    <message>
        <source>everything has left</source>
        <translation>tout est parti</translation>
    </message>
    <message>
        <source>1 order held back by you</source>
        <translation>1 commande retenue par vous</translation>
    </message>
    <message>
        <source>{0} orders held back by you</source>
        <translation>{0} commandes retenues par vous</translation>
    </message>
    <message>
        <source>1 order waiting</source>
        <translation>1 commande en attente</translation>
    </message>
    <message>
        <source>{0} orders waiting</source>
        <translation>{0} commandes en attente</translation>
    </message>
    <message>
        <source>everything has left but 1 order</source>
        <translation>tout est parti sauf 1 commande</translation>
    </message>
    <message>
        <source>everything has left but {0} orders</source>
        <translation>tout est parti sauf {0} commandes</translation>
    </message>
    <message>
        <source>prices and stock never read</source>
        <translation>tarifs et stocks jamais relevés</translation>
    </message>
    <message>
        <source>stock read {0}, to be confirmed</source>
        <translation>stocks relevés {0}, à confirmer</translation>
    </message>
    <message>
        <source>prices and stock read {0}, {1}</source>
        <translation>tarifs et stocks relevés {0}, {1}</translation>
    </message>
</context>
<context>
    <name>StepActions</name>
    <message>
        <source>Enter the lines</source>
        <translation>Saisir les lignes</translation>
    </message>
    <message>
        <source>Choose wholesalers</source>
        <translation>Choisir les grossistes</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Envoyer maintenant</translation>
    </message>
    <message>
        <source>Read the order</source>
        <translation>Relire la commande</translation>
    </message>
    <message>
        <source>Back to the lines</source>
        <translation>Revenir aux lignes</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>Envoyer la commande</translation>
    </message>
    <message>
        <source>Step before</source>
        <translation>Étape précédente</translation>
    </message>
</context>
<context>
    <name>StepMeter</name>
    <message>
        <source>you: {0}</source>
        <translation>vous&#x202f;: {0}</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>done</source>
        <translation>fait</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouverte</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>à venir</translation>
    </message>
</context>
<context>
    <name>StockLegend</name>
    <message>
        <source>enough</source>
        <translation>assez</translation>
    </message>
    <message>
        <source>few</source>
        <translation>peu</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>Filled: enough; half: few; dashed: none</source>
        <translation>Plein&#x202f;: assez&#x202f;; à moitié&#x202f;: peu&#x202f;; pointillé&#x202f;: aucun</translation>
    </message>
</context>
<context>
    <name>StorySheet</name>
    <message>
        <source>Copy the calculation</source>
        <translation>Copier le calcul</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>The calculation is in the clipboard.</source>
        <translation>Le calcul est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>SubOrdersModel</name>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Référence</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Désignation</translation>
    </message>
    <message>
        <source>Net excl. VAT</source>
        <translation>Net HT</translation>
    </message>
    <message>
        <source>Total excl. VAT</source>
        <translation>Total HT</translation>
    </message>
</context>
<context>
    <name>SummaryPanel</name>
    <message>
        <source>Goods excl. VAT</source>
        <translation>Marchandises HT</translation>
    </message>
    <message>
        <source>Order discount</source>
        <translation>Remise sur commande</translation>
    </message>
    <message>
        <source>Eco-contribution</source>
        <translation>Éco-participation</translation>
    </message>
    <message>
        <source>Private copying levy</source>
        <translation>Copie privée</translation>
    </message>
    <message>
        <source>Small-order fees</source>
        <translation>Frais de petite commande</translation>
    </message>
    <message>
        <source>Total incl. VAT</source>
        <translation>Total TTC</translation>
    </message>
    <message>
        <source>Why this total</source>
        <translation>Pourquoi ce total</translation>
    </message>
    <message>
        <source>Carriage per wholesaler</source>
        <translation>Port par grossiste</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Récapitulatif</translation>
    </message>
    <message>
        <source>Credit after this order</source>
        <translation>Encours après commande</translation>
    </message>
    <message>
        <source>Invoices to pay</source>
        <translation>Factures à régler</translation>
    </message>
    <message>
        <source>Orders not yet invoiced</source>
        <translation>Commandes non facturées</translation>
    </message>
    <message>
        <source>This order</source>
        <translation>Cette commande</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Nothing waits</source>
        <translation>Rien n’attend</translation>
    </message>
    <message>
        <source>Orders that have not left yet stand here.</source>
        <translation>Les commandes qui ne sont pas encore parties sont ici.</translation>
    </message>
    <message>
        <source>Sync centre</source>
        <translation>Centre de synchronisation</translation>
    </message>
    <message>
        <source>Order above</source>
        <translation>Commande précédente</translation>
    </message>
    <message>
        <source>Order below</source>
        <translation>Commande suivante</translation>
    </message>
    <message>
        <source>To the order, or to its changed lines</source>
        <translation>Vers la commande, ou ses lignes modifiées</translation>
    </message>
    <message>
        <source>Correct the order</source>
        <translation>Corriger la commande</translation>
    </message>
    <message>
        <source>Hold the order back, let it go</source>
        <translation>Retenir la commande, la laisser partir</translation>
    </message>
    <message>
        <source>Try this order now</source>
        <translation>Essayer cette commande maintenant</translation>
    </message>
    <message>
        <source>Back to the orders</source>
        <translation>Revenir aux commandes</translation>
    </message>
    <message>
        <source>Take all</source>
        <translation>Tout accepter</translation>
    </message>
    <message>
        <source>Answer with these choices</source>
        <translation>Répondre avec ces choix</translation>
    </message>
    <message>
        <source>Export the queue to a file</source>
        <translation>Exporter la file dans un fichier</translation>
    </message>
    <message>
        <source>Send a queue file</source>
        <translation>Envoyer un fichier de file</translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>Le rapport est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>TermsRuleCard</name>
    <message>
        <source>Ask me</source>
        <translation>Me demander</translation>
    </message>
    <message>
        <source>Take what is not dearer</source>
        <translation>Accepter si ce n’est pas plus cher</translation>
    </message>
    <message>
        <source>Take a little more too</source>
        <translation>Accepter aussi un peu plus</translation>
    </message>
    <message>
        <source>When the manufacturer changes prices</source>
        <translation>Quand le fabricant change les prix</translation>
    </message>
    <message>
        <source>An order may meet other prices than those you saw when you sent it. Without you this happens:</source>
        <translation>Une commande peut rencontrer d’autres prix que ceux vus à l’envoi. Sans vous, voici ce qui se passe&#x202f;:</translation>
    </message>
    <message>
        <source>Each unit price at most</source>
        <translation>Chaque prix unitaire au plus</translation>
    </message>
    <message>
        <source>dearer, the whole order at most</source>
        <translation>plus cher, la commande entière au plus</translation>
    </message>
    <message>
        <source>Quantities, stopped products, credit and used-up special prices are always asked about.</source>
        <translation>Quantités, produits arrêtés, encours et dérogations épuisées vous sont toujours demandés.</translation>
    </message>
    <message>
        <source>Most a unit price may rise, in per cent</source>
        <translation>Hausse maximale d’un prix unitaire, en pour cent</translation>
    </message>
    <message>
        <source>Most an order may rise before VAT, in euros</source>
        <translation>Hausse maximale d’une commande HT, en euros</translation>
    </message>
    <message>
        <source>Every changed order waits for your decision in the Sync centre.</source>
        <translation>Toute commande modifiée attend votre décision dans la Synchronisation.</translation>
    </message>
    <message>
        <source>An order leaves again by itself where no line and no total is dearer than you saw. You are told afterwards; any other change waits for your decision.</source>
        <translation>Une commande repart d’elle-même si aucune ligne ni le total ne sont plus chers que ce que vous avez vu. Vous en êtes informé ensuite&#x202f;; tout autre changement attend votre décision.</translation>
    </message>
    <message>
        <source>An order also leaves again by itself, once, where it is a little dearer and within these limits. You are told afterwards; any other change waits for your decision.</source>
        <translation>Une commande repart aussi d’elle-même, une seule fois, si elle est un peu plus chère, dans ces limites. Vous en êtes informé ensuite&#x202f;; tout autre changement attend votre décision.</translation>
    </message>
</context>
<context>
    <name>ToldOrder</name>
    <message>
        <source>priced on {0} at {1}, as it was sent</source>
        <translation>prix du {0} à {1}, tels qu’envoyés</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Go to, search, act…</source>
        <translation>Aller à, chercher, agir…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
</context>
<context>
    <name>Trace</name>
    <message>
        <source>Net price</source>
        <translation>Prix net</translation>
    </message>
    <message>
        <source>Real cost</source>
        <translation>Coût réel</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>Tarif</translation>
    </message>
    <message>
        <source>Contract net price</source>
        <translation>Prix net contractuel</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Remise</translation>
    </message>
    <message>
        <source>Quantity discount</source>
        <translation>Remise quantitative</translation>
    </message>
    <message>
        <source>Special price</source>
        <translation>Dérogation</translation>
    </message>
    <message>
        <source>Order discount</source>
        <translation>Remise sur la commande</translation>
    </message>
    <message>
        <source>Online bonus</source>
        <translation>Bonus en ligne</translation>
    </message>
    <message>
        <source>Back-margin</source>
        <translation>RFA</translation>
    </message>
    <message>
        <source>set aside: more than is left of its quota</source>
        <translation>écartée&#x202f;: plus qu’il n’en reste</translation>
    </message>
    <message>
        <source>never below zero</source>
        <translation>jamais sous zéro</translation>
    </message>
    <message>
        <source>after invoice</source>
        <translation>après facture</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>Promotion</translation>
    </message>
    <message>
        <source>set aside: less favourable</source>
        <translation>écartée&#x202f;: moins favorable</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>écartée</translation>
    </message>
    <message>
        <source>until {0}</source>
        <translation>jusqu’au {0}</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>real time</source>
        <translation>temps réel</translation>
    </message>
    <message>
        <source>1 min = 1 h</source>
        <translation>1 min = 1 h</translation>
    </message>
    <message>
        <source>1 min = 10 h</source>
        <translation>1 min = 10 h</translation>
    </message>
    <message>
        <source>1 s = 1 h</source>
        <translation>1 s = 1 h</translation>
    </message>
    <message>
        <source>Speed of the practice manufacturer</source>
        <translation>Vitesse du fabricant d’entraînement</translation>
    </message>
    <message>
        <source>One day ahead</source>
        <translation>Avancer d’un jour</translation>
    </message>
    <message>
        <source>plugged in</source>
        <translation>branché</translation>
    </message>
    <message>
        <source>pulled out</source>
        <translation>débranché</translation>
    </message>
    <message>
        <source>Network cable</source>
        <translation>Câble réseau</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>Yes, throw the practice away</source>
        <translation>Oui, tout effacer de l’exercice</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Formation</translation>
    </message>
    <message>
        <source>A first order, in five steps</source>
        <translation>Une première commande, en cinq gestes</translation>
    </message>
    <message>
        <source>Time at the practice manufacturer</source>
        <translation>Le temps chez le fabricant d’entraînement</translation>
    </message>
    <message>
        <source>Accepted orders are confirmed, shipped and invoiced by themselves on this clock.</source>
        <translation>Les commandes acceptées sont confirmées, expédiées et facturées d’elles-mêmes à cette horloge.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Vitesse</translation>
    </message>
    <message>
        <source>Pull it out, send an order, plug it back in: the order leaves by itself.</source>
        <translation>Débranchez, envoyez une commande, rebranchez&#x202f;: elle part d’elle-même.</translation>
    </message>
    <message>
        <source>All practice orders go; manufacturer and catalogue are as on the first day.</source>
        <translation>Les commandes d’exercice disparaissent&#x202f;; fabricant et catalogue reviennent au premier jour.</translation>
    </message>
    <message>
        <source>Real screens, invented prices, nobody at the other end.</source>
        <translation>Les vrais écrans, des prix inventés, personne à l’autre bout.</translation>
    </message>
    <message>
        <source>1. Ctrl+N begins an order; type a product, Enter, a quantity, Enter.</source>
        <translation>1. Ctrl+N commence une commande&#x202f;; tapez un produit, Entrée, une quantité, Entrée.</translation>
    </message>
    <message>
        <source>2. Look at the price: Alt+P says why it is what it is.</source>
        <translation>2. Regardez le prix&#x202f;: Alt+P dit pourquoi il est ce qu’il est.</translation>
    </message>
    <message>
        <source>3. Pull the cable out below, then send the order with Ctrl+Enter: it waits here.</source>
        <translation>3. Débranchez le câble plus bas, puis envoyez avec Ctrl+Entrée&#x202f;: elle attend ici.</translation>
    </message>
    <message>
        <source>4. Plug the cable back in: the order leaves and comes back with its number.</source>
        <translation>4. Rebranchez le câble&#x202f;: la commande part et revient avec son numéro.</translation>
    </message>
    <message>
        <source>5. Speed up the clock: confirmed, shipped, invoiced, seen under Orders.</source>
        <translation>5. Accélérez l’horloge&#x202f;: confirmée, expédiée, facturée, à voir sous Commandes.</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nouvelle commande</translation>
    </message>
    <message>
        <source>There it is {0}, {1}.</source>
        <translation>Là-bas nous sommes {0}, {1}.</translation>
    </message>
    <message>
        <source>The practice manufacturer does not answer just now.</source>
        <translation>Le fabricant d’entraînement ne répond pas pour l’instant.</translation>
    </message>
    <message>
        <source>nothing reaches the manufacturer</source>
        <translation>rien n’atteint le fabricant</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>relié</translation>
    </message>
    <message>
        <source>The practice begins anew; this takes a few seconds.</source>
        <translation>L’exercice recommence&#x202f;; cela prend quelques secondes.</translation>
    </message>
</context>
<context>
    <name>UnreadableRowsPart</name>
    <message>
        <source>Write them to a file</source>
        <translation>Les écrire dans un fichier</translation>
    </message>
    <message>
        <source>They lie in desk.db with all their bytes. The file is not encrypted: show it to nobody else.</source>
        <translation>Elles restent dans desk.db avec tous leurs octets. Le fichier n’est pas chiffré&#x202f;: ne le montrez à personne d’autre.</translation>
    </message>
    <message>
        <source>1 row could not be read and was set aside</source>
        <translation>1 ligne n’a pas pu être lue et a été mise de côté</translation>
    </message>
    <message>
        <source>{0} rows could not be read and were set aside</source>
        <translation>{0} lignes n’ont pas pu être lues et ont été mises de côté</translation>
    </message>
    <message>
        <source>Written to {0}.</source>
        <translation>Écrit dans {0}.</translation>
    </message>
</context>
<context>
    <name>Vat</name>
    <message>
        <source>VAT {0}</source>
        <translation>TVA {0}</translation>
    </message>
    <message>
        <source>No VAT: {0}</source>
        <translation>Sans TVA&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Rates of the overseas departments</source>
        <translation>Taux des départements d’outre-mer</translation>
    </message>
    <message>
        <source>No VAT: within the EU, {0}</source>
        <translation>Sans TVA&#x202f;: intra-UE, {0}</translation>
    </message>
    <message>
        <source>No VAT: export, {0}</source>
        <translation>Sans TVA&#x202f;: export, {0}</translation>
    </message>
    <message>
        <source>No VAT overseas, {0}</source>
        <translation>Sans TVA outre-mer, {0}</translation>
    </message>
</context>
<context>
    <name>WaitingPanel</name>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
    <message>
        <source>You hold it back: it leaves when you let it go.</source>
        <translation>Vous la retenez&#x202f;: elle partira quand vous la laisserez partir.</translation>
    </message>
    <message>
        <source>Why it waits: {0}.</source>
        <translation>Pourquoi elle attend&#x202f;: {0}.</translation>
    </message>
    <message>
        <source>The wish to cancel waits for its turn.</source>
        <translation>La demande d’annulation attend son tour.</translation>
    </message>
    <message>
        <source>The wish to change the order waits for its turn.</source>
        <translation>La demande de modification attend son tour.</translation>
    </message>
    <message>
        <source>It leaves by itself.</source>
        <translation>Elle part d’elle-même.</translation>
    </message>
    <message>
        <source>Tried once.</source>
        <translation>Essayée une fois.</translation>
    </message>
    <message>
        <source>Tried {0} times.</source>
        <translation>Essayée {0} fois.</translation>
    </message>
    <message>
        <source>Next try at {0}.</source>
        <translation>Prochain essai à {0}.</translation>
    </message>
    <message>
        <source>See the order</source>
        <translation>Voir la commande</translation>
    </message>
    <message>
        <source>Try this one</source>
        <translation>Essayer celle-ci</translation>
    </message>
</context>
<context>
    <name>WaysOut</name>
    <message>
        <source>Leave it as it is</source>
        <translation>La laisser telle quelle</translation>
    </message>
    <message>
        <source>The manufacturer has this order all the same: nothing more is sent.</source>
        <translation>Le fabricant a tout de même cette commande&#x202f;: plus rien n’est envoyé.</translation>
    </message>
    <message>
        <source>Give up cancelling</source>
        <translation>Renoncer à l’annulation</translation>
    </message>
    <message>
        <source>Give up the change</source>
        <translation>Renoncer à la modification</translation>
    </message>
    <message>
        <source>Nothing more is asked; the order stays as the manufacturer has it.</source>
        <translation>Plus rien n’est demandé&#x202f;; la commande reste telle que le fabricant l’a.</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>La renvoyer</translation>
    </message>
    <message>
        <source>With the manufacturer&apos;s earlier answer, so that number and prices stay.</source>
        <translation>Avec la première réponse du fabricant, pour que le numéro et les prix restent.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>It is looked up first, and leaves once more if the manufacturer never took it.</source>
        <translation>On vérifie d’abord, puis elle repart si le fabricant ne l’a jamais reçue.</translation>
    </message>
    <message>
        <source>Take the new answer</source>
        <translation>Prendre la nouvelle réponse</translation>
    </message>
    <message>
        <source>What the manufacturer answers now counts; changed terms come to you.</source>
        <translation>Ce que le fabricant répond maintenant compte&#x202f;; si les conditions ont changé, vous décidez.</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre la leur</translation>
    </message>
    <message>
        <source>The order becomes what the manufacturer has, with his lines and prices.</source>
        <translation>La commande devient celle qu’a le fabricant, avec ses lignes et ses prix.</translation>
    </message>
    <message>
        <source>Into a new draft</source>
        <translation>Dans un nouveau brouillon</translation>
    </message>
    <message>
        <source>Its lines go into a new draft that you look over before it is sent.</source>
        <translation>Ses lignes vont dans un nouveau brouillon, que vous relisez avant de l’envoyer.</translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message>
        <source>my net unit price excl. VAT</source>
        <translation>mon net unitaire HT</translation>
    </message>
    <message>
        <source>on {0}</source>
        <translation>le {0}</translation>
    </message>
    <message>
        <source>{0} in stock today</source>
        <translation>{0} en stock aujourd’hui</translation>
    </message>
    <message>
        <source>The catalogue has no such product.</source>
        <translation>Le catalogue n’a pas ce produit.</translation>
    </message>
</context>
<context>
    <name>WhatIfFields</name>
    <message>
        <source>Quantity</source>
        <translation>Quantité</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>today</source>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>End client: {0}</source>
        <translation>Client final&#x202f;: {0}</translation>
    </message>
    <message>
        <source>End client</source>
        <translation>Client final</translation>
    </message>
    <message>
        <source>Quantity breaks</source>
        <translation>Paliers de quantité</translation>
    </message>
    <message>
        <source>15/06, 1 January, +7</source>
        <translation>15/06, 1er janvier, +7</translation>
    </message>
    <message>
        <source>Wholesaler</source>
        <translation>Grossiste</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Au mieux</translation>
    </message>
    <message>
        <source>{0} from {1} on</source>
        <translation>{0} à partir du {1}</translation>
    </message>
    <message>
        <source>a part of its name</source>
        <translation>une partie de son nom</translation>
    </message>
</context>
<context>
    <name>WhatIfSheet</name>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>Copy the calculation</source>
        <translation>Copier le calcul</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>Et si…</translation>
    </message>
    <message>
        <source>no order is changed</source>
        <translation>aucune commande n’est touchée</translation>
    </message>
    <message>
        <source>Put {0} into the order</source>
        <translation>Mettre {0} dans la commande</translation>
    </message>
    <message>
        <source>Order {0}</source>
        <translation>Commander {0}</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>pas de prix</translation>
    </message>
    <message>
        <source>{0}: {1} excl. VAT</source>
        <translation>{0}&#x202f;: {1} HT</translation>
    </message>
    <message>
        <source>as today</source>
        <translation>comme aujourd’hui</translation>
    </message>
    <message>
        <source>{0} each ({1}) against {2} today</source>
        <translation>{0} par unité ({1}), {2} aujourd’hui</translation>
    </message>
    <message>
        <source>price of {0}</source>
        <translation>prix du {0}</translation>
    </message>
    <message>
        <source>The calculation is in the clipboard.</source>
        <translation>Le calcul est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>WhoseOrders</name>
    <message>
        <source>Everybody’s</source>
        <translation>De tous</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Les miennes</translation>
    </message>
    <message>
        <source>Whose orders</source>
        <translation>Commandes de qui</translation>
    </message>
</context>
<context>
    <name>WizardPage</name>
    <message>
        <source>For whom</source>
        <translation>Pour qui</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Sourcing</source>
        <translation>Approvisionnement</translation>
    </message>
    <message>
        <source>Read and send</source>
        <translation>Relire et envoyer</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nouvelle commande</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Étape suivante</translation>
    </message>
    <message>
        <source>Step before</source>
        <translation>Étape précédente</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>Envoyer la commande</translation>
    </message>
    <message>
        <source>Share the draft with the colleagues</source>
        <translation>Partager le brouillon avec les collègues</translation>
    </message>
    <message>
        <source>Take the match; after the quantity: next line</source>
        <translation>Prendre le résultat&#x202f;; après la quantité&#x202f;: ligne suivante</translation>
    </message>
    <message>
        <source>At the sourcing: take the cheapest plan (2 fewest deliveries, 3 earliest)</source>
        <translation>À l’approvisionnement&#x202f;: prendre le moins cher (2 moins de livraisons, 3 au plus tôt)</translation>
    </message>
    <message>
        <source>At the sourcing: go to the lines</source>
        <translation>À l’approvisionnement&#x202f;: aller aux lignes</translation>
    </message>
    <message>
        <source>Next point to see</source>
        <translation>Point suivant à voir</translation>
    </message>
    <message>
        <source>Why this price</source>
        <translation>Pourquoi ce prix</translation>
    </message>
    <message>
        <source>Why this total</source>
        <translation>Pourquoi ce total</translation>
    </message>
    <message>
        <source>How the back-margin adds up</source>
        <translation>Le calcul de la marge arrière</translation>
    </message>
    <message>
        <source>What if, for the line at work</source>
        <translation>Et si, pour la ligne en cours</translation>
    </message>
    <message>
        <source>Remove the line</source>
        <translation>Retirer la ligne</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Paste rows from Excel</source>
        <translation>Coller des lignes d’Excel</translation>
    </message>
    <message>
        <source>Import a file of lines</source>
        <translation>Importer un fichier de lignes</translation>
    </message>
    <message>
        <source>There is no line to send yet.</source>
        <translation>Il n’y a pas encore de ligne à envoyer.</translation>
    </message>
    <message>
        <source>Draft saved at {0}</source>
        <translation>Brouillon enregistré à {0}</translation>
    </message>
    <message>
        <source>Saved {0}</source>
        <translation>Enregistré {0}</translation>
    </message>
    <message>
        <source>{0} with new terms.</source>
        <translation>{0} avec de nouvelles conditions.</translation>
    </message>
    <message>
        <source>Take the new prices</source>
        <translation>Prendre les nouveaux prix</translation>
    </message>
    <message>
        <source>The prices shown are those of when you entered the lines.</source>
        <translation>Les prix affichés sont ceux de la saisie des lignes.</translation>
    </message>
    <message>
        <source>The delivery address lacks its street, postcode or city.</source>
        <translation>Il manque à l’adresse de livraison la rue, le code postal ou la ville.</translation>
    </message>
    <message>
        <source>Order {0} is saved and on its way.</source>
        <translation>La commande {0} est enregistrée et part.</translation>
    </message>
    <message>
        <source>Order {0} is saved. It leaves by itself when the network returns.</source>
        <translation>La commande {0} est enregistrée. Elle partira d’elle-même au retour du réseau.</translation>
    </message>
</context>
<context>
    <name>WizardSharing</name>
    <message>
        <source>Send without a connection?</source>
        <translation>Envoyer sans connexion&#x202f;?</translation>
    </message>
    <message>
        <source>This draft is shared, and a colleague may have it by now. The manufacturer takes only one order of it: if a colleague&apos;s comes first, yours stays here, and you choose.</source>
        <translation>Ce brouillon est partagé, et un collègue l’a peut-être repris. Le fabricant n’en prend qu’une commande&#x202f;: si celle d’un collègue arrive d’abord, la vôtre reste ici et vous choisissez.</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Attendre</translation>
    </message>
    <message>
        <source>To the orders</source>
        <translation>Vers les commandes</translation>
    </message>
    <message>
        <source>A colleague has ended this draft: it was sent or dropped.</source>
        <translation>Un collègue a terminé ce brouillon&#x202f;: il est envoyé ou abandonné.</translation>
    </message>
    <message>
        <source>All you did in it was shared before.</source>
        <translation>Tout ce que vous y avez fait était déjà partagé.</translation>
    </message>
    <message>
        <source>Take it over again</source>
        <translation>Le reprendre</translation>
    </message>
    <message>
        <source>{0} has taken this draft over.</source>
        <translation>{0} a repris ce brouillon.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>{0} has changed this draft too.</source>
        <translation>{0} a modifié ce brouillon aussi.</translation>
    </message>
    <message>
        <source>Both versions are kept. Look at them before you send yours.</source>
        <translation>Les deux versions sont gardées. Regardez-les avant d’envoyer la vôtre.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Held back</source>
        <translation>Retenue</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi en cours</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>En vérification</translation>
    </message>
    <message>
        <source>Waiting, tried again by itself</source>
        <translation>En attente, réessayée d’elle-même</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>À voir</translation>
    </message>
    <message>
        <source>Leaves by itself</source>
        <translation>Part d’elle-même</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>En route</translation>
    </message>
    <message>
        <source>Terms changed</source>
        <translation>Conditions modifiées</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Acceptée</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Confirmée</translation>
    </message>
    <message>
        <source>Partly shipped</source>
        <translation>Expédiée en partie</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>Expédiée</translation>
    </message>
    <message>
        <source>Invoiced</source>
        <translation>Facturée</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulée</translation>
    </message>
    <message>
        <source>Products and prices</source>
        <translation>Produits et tarifs</translation>
    </message>
    <message>
        <source>Product families</source>
        <translation>Familles de produits</translation>
    </message>
    <message>
        <source>Wholesalers</source>
        <translation>Grossistes</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Stock</translation>
    </message>
    <message>
        <source>Your conditions</source>
        <translation>Vos conditions</translation>
    </message>
    <message>
        <source>Your account and credit</source>
        <translation>Votre compte et encours</translation>
    </message>
    <message>
        <source>Back-margin agreements</source>
        <translation>Accords de marge arrière</translation>
    </message>
    <message>
        <source>Turnover counted</source>
        <translation>CA compté</translation>
    </message>
    <message>
        <source>Orders and deliveries</source>
        <translation>Commandes et livraisons</translation>
    </message>
    <message>
        <source>the manufacturer&apos;s server answered with error {0}</source>
        <translation>le serveur du fabricant a répondu par l’erreur {0}</translation>
    </message>
    <message>
        <source>the cable is pulled out</source>
        <translation>le câble est débranché</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>pas de réseau</translation>
    </message>
    <message>
        <source>the manufacturer did not answer in time</source>
        <translation>le fabricant n’a pas répondu à temps</translation>
    </message>
    <message>
        <source>the connection broke off; being checked</source>
        <translation>la connexion s’est coupée&#x202f;; en vérification</translation>
    </message>
    <message>
        <source>this network wants a sign-in first</source>
        <translation>ce réseau demande d’abord une connexion</translation>
    </message>
    <message>
        <source>this network leads elsewhere; nothing was sent</source>
        <translation>ce réseau mène ailleurs&#x202f;; rien n’a été envoyé</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not valid; nothing was sent</source>
        <translation>le certificat du serveur n’est pas valable&#x202f;; rien n’a été envoyé</translation>
    </message>
    <message>
        <source>this desk must sign in again</source>
        <translation>ce poste doit se reconnecter</translation>
    </message>
    <message>
        <source>the manufacturer has suspended this account</source>
        <translation>le fabricant a suspendu ce compte</translation>
    </message>
    <message>
        <source>the manufacturer restored its data; being checked</source>
        <translation>le fabricant a restauré ses données&#x202f;; en vérification</translation>
    </message>
    <message>
        <source>the answer could not be read; being checked</source>
        <translation>la réponse n’a pas pu être lue&#x202f;; en vérification</translation>
    </message>
    <message>
        <source>the answer was for another order; being checked</source>
        <translation>la réponse concernait une autre commande&#x202f;; en vérification</translation>
    </message>
    <message>
        <source>the answer could not be understood</source>
        <translation>la réponse n’a pas été comprise</translation>
    </message>
    <message>
        <source>the manufacturer holds another order under this number</source>
        <translation>le fabricant a une autre commande sous ce numéro</translation>
    </message>
    <message>
        <source>another version of this order is already accepted</source>
        <translation>une autre version de cette commande est déjà acceptée</translation>
    </message>
    <message>
        <source>a newer version of this order exists</source>
        <translation>une version plus récente de cette commande existe</translation>
    </message>
    <message>
        <source>the manufacturer answers with other terms</source>
        <translation>le fabricant répond avec d’autres conditions</translation>
    </message>
    <message>
        <source>prices are read anew</source>
        <translation>les prix sont relus</translation>
    </message>
    <message>
        <source>the manufacturer&apos;s server no longer knows this order</source>
        <translation>le serveur du fabricant ne connaît plus cette commande</translation>
    </message>
    <message>
        <source>the manufacturer&apos;s server now gives another answer</source>
        <translation>le serveur du fabricant répond maintenant autre chose</translation>
    </message>
    <message>
        <source>the manufacturer refused this order</source>
        <translation>le fabricant a refusé cette commande</translation>
    </message>
    <message>
        <source>too late to cancel</source>
        <translation>trop tard pour annuler</translation>
    </message>
    <message>
        <source>the manufacturer&apos;s server does not take this order</source>
        <translation>le serveur du fabricant ne prend pas cette commande</translation>
    </message>
    <message>
        <source>the manufacturer&apos;s server is busy</source>
        <translation>le serveur du fabricant est occupé</translation>
    </message>
    <message>
        <source>this program must be updated</source>
        <translation>ce programme doit être mis à jour</translation>
    </message>
    <message>
        <source>another program on this profile is sending</source>
        <translation>un autre programme envoie pour ce profil</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server was put back to an earlier state.</source>
        <translation>Le serveur du fabricant a été remis dans un état antérieur.</translation>
    </message>
    <message>
        <source>The second copy of your unsent orders could not be written.</source>
        <translation>La seconde copie de vos commandes à envoyer n’a pas pu être écrite.</translation>
    </message>
    <message>
        <source>They are saved on this desk. Make room on the disk or check the rights of {0}.</source>
        <translation>Elles sont enregistrées sur ce poste. Libérez de la place sur le disque ou vérifiez les droits&#x202f;: {0}.</translation>
    </message>
    <message>
        <source>the folder</source>
        <translation>le dossier</translation>
    </message>
    <message>
        <source>The second copy of your unsent orders is written again.</source>
        <translation>La seconde copie de vos commandes non parties s’écrit de nouveau.</translation>
    </message>
    <message>
        <source>This desk has no recovery code yet.</source>
        <translation>Ce poste n’a pas encore de code de secours.</translation>
    </message>
    <message>
        <source>This version is too old for the manufacturer&apos;s server</source>
        <translation>Cette version est trop ancienne pour le serveur du fabricant</translation>
    </message>
    <message>
        <source>Install version {0} or later. Your orders are kept here.</source>
        <translation>Installez la version {0} ou une plus récente. Vos commandes sont conservées ici.</translation>
    </message>
    <message>
        <source>Install a newer version. Your orders are kept here.</source>
        <translation>Installez une version plus récente. Vos commandes sont conservées ici.</translation>
    </message>
    <message>
        <source>Yours stays in use until you agree.</source>
        <translation>Le vôtre reste en service jusqu’à votre accord.</translation>
    </message>
    <message>
        <source>The daily backup of your orders did not succeed.</source>
        <translation>La sauvegarde quotidienne de vos commandes a échoué.</translation>
    </message>
    <message>
        <source>Nothing is lost. Make room on the disk or check the rights of the folder.</source>
        <translation>Rien n’est perdu. Libérez de la place sur le disque ou vérifiez les droits du dossier.</translation>
    </message>
    <message>
        <source>1 row of the manufacturer&apos;s data could not be read.</source>
        <translation>1 ligne des données du fabricant n’a pas pu être lue.</translation>
    </message>
    <message>
        <source>{0} rows of the manufacturer&apos;s data could not be read.</source>
        <translation>{0} lignes des données du fabricant n’ont pas pu être lues.</translation>
    </message>
    <message>
        <source>Draft begun</source>
        <translation>Brouillon commencé</translation>
    </message>
    <message>
        <source>Saved on this desk, ready to leave</source>
        <translation>Enregistrée sur ce poste, prête à partir</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Libérée</translation>
    </message>
    <message>
        <source>Taken back to correct it</source>
        <translation>Reprise pour la corriger</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyée</translation>
    </message>
    <message>
        <source>Could not be sent</source>
        <translation>N’a pas pu partir</translation>
    </message>
    <message>
        <source>Sent, the answer is being looked up</source>
        <translation>Envoyée, la réponse est recherchée</translation>
    </message>
    <message>
        <source>Another version is accepted under number {0}</source>
        <translation>Une autre version est acceptée sous le numéro {0}</translation>
    </message>
    <message>
        <source>The manufacturer answers with {0} differences</source>
        <translation>Le fabricant répond avec {0} écarts</translation>
    </message>
    <message>
        <source>Special price asked for {0} line, in draft {1}</source>
        <translation>Prix spécial demandé pour {0} ligne, brouillon {1}</translation>
    </message>
    <message>
        <source>Special price asked for {0} lines, in draft {1}</source>
        <translation>Prix spécial demandé pour {0} lignes, brouillon {1}</translation>
    </message>
    <message>
        <source>You accepted the new terms, without {0}</source>
        <translation>Vous avez accepté les nouvelles conditions, sans {0}</translation>
    </message>
    <message>
        <source>You accepted the new terms</source>
        <translation>Vous avez accepté les nouvelles conditions</translation>
    </message>
    <message>
        <source>Confirmed by {0}</source>
        <translation>Confirmée par {0}</translation>
    </message>
    <message>
        <source>Back-ordered at {0}</source>
        <translation>Reliquat chez {0}</translation>
    </message>
    <message>
        <source>Partly shipped by {0}</source>
        <translation>Expédiée en partie par {0}</translation>
    </message>
    <message>
        <source>Shipped by {0}</source>
        <translation>Expédiée par {0}</translation>
    </message>
    <message>
        <source>Invoiced by {0}</source>
        <translation>Facturée par {0}</translation>
    </message>
    <message>
        <source>Refused by {0}</source>
        <translation>Refusée par {0}</translation>
    </message>
    <message>
        <source>Cancelled at {0}</source>
        <translation>Annulée chez {0}</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifiée</translation>
    </message>
    <message>
        <source>Changed at {0}</source>
        <translation>Modifiée chez {0}</translation>
    </message>
    <message>
        <source>parcel {0}</source>
        <translation>colis {0}</translation>
    </message>
    <message>
        <source>invoice {0}</source>
        <translation>facture {0}</translation>
    </message>
    <message>
        <source>1 other line</source>
        <translation>1 autre ligne</translation>
    </message>
    <message>
        <source>{0} other lines</source>
        <translation>{0} autres lignes</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} et {1}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}&#x202f;: {1}</translation>
    </message>
    <message>
        <source>without {0}</source>
        <translation>sans {0}</translation>
    </message>
    <message>
        <source>The manufacturer answers with 1 difference</source>
        <translation>Le fabricant répond avec 1 écart</translation>
    </message>
    <message>
        <source>Taken by your rule: {0} before VAT, the sums changed</source>
        <translation>Accepté par votre règle&#x202f;: {0} HT, les totaux changent</translation>
    </message>
    <message>
        <source>Taken by your rule: {0} before VAT, 1 price changed</source>
        <translation>Accepté par votre règle&#x202f;: {0} HT, 1 prix changé</translation>
    </message>
    <message>
        <source>Taken by your rule: {0} before VAT, {1} prices changed</source>
        <translation>Accepté par votre règle&#x202f;: {0} HT, {1} prix changés</translation>
    </message>
    <message>
        <source>Version {0} made</source>
        <translation>Version {0} établie</translation>
    </message>
    <message>
        <source>Cancellation asked for once the answer is known</source>
        <translation>Annulation demandée dès que la réponse sera connue</translation>
    </message>
    <message>
        <source>Cancellation asked for</source>
        <translation>Annulation demandée</translation>
    </message>
    <message>
        <source>The cancellation was refused</source>
        <translation>L’annulation a été refusée</translation>
    </message>
    <message>
        <source>Change asked for</source>
        <translation>Modification demandée</translation>
    </message>
    <message>
        <source>Changed on request</source>
        <translation>Modifiée sur demande</translation>
    </message>
    <message>
        <source>The change was refused</source>
        <translation>La modification a été refusée</translation>
    </message>
    <message>
        <source>Held by the manufacturer: it passes your credit limit</source>
        <translation>Retenue par le fabricant&#x202f;: elle dépasse votre encours</translation>
    </message>
    <message>
        <source>Released by the manufacturer: it goes on</source>
        <translation>Libérée par le fabricant&#x202f;: elle suit son cours</translation>
    </message>
    <message>
        <source>Entered again: the manufacturer&apos;s server had lost it</source>
        <translation>Enregistrée de nouveau&#x202f;: le serveur du fabricant l’avait perdue</translation>
    </message>
    <message>
        <source>Sent by another desk, from a file of this one&apos;s queue</source>
        <translation>Envoyée par un autre poste, depuis un fichier de la file de ce poste</translation>
    </message>
    <message>
        <source>Entered by the manufacturer, from a file of the desk&apos;s queue</source>
        <translation>Enregistrée par le fabricant, depuis un fichier de la file du poste</translation>
    </message>
    <message>
        <source>Put into a file that another desk may send</source>
        <translation>Mise dans un fichier qu’un autre poste peut envoyer</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server now gives another answer</source>
        <translation>Le serveur du fabricant répond maintenant autre chose</translation>
    </message>
    <message>
        <source>Sent again with the manufacturer&apos;s own answer</source>
        <translation>Renvoyée avec la réponse du fabricant</translation>
    </message>
    <message>
        <source>The manufacturer was told its earlier answer again</source>
        <translation>Le fabricant a reçu de nouveau sa réponse antérieure</translation>
    </message>
    <message>
        <source>The manufacturer gave it number {0} instead of {1}</source>
        <translation>Le fabricant lui a donné le numéro {0} à la place de {1}</translation>
    </message>
    <message>
        <source>You left it as it is: the manufacturer has it</source>
        <translation>Vous l’avez laissée telle quelle&#x202f;: le fabricant l’a</translation>
    </message>
    <message>
        <source>You let it leave once more</source>
        <translation>Vous l’avez laissée repartir</translation>
    </message>
    <message>
        <source>You put its lines into a new draft, {0}</source>
        <translation>Vous avez mis ses lignes dans un nouveau brouillon, {0}</translation>
    </message>
    <message>
        <source>A line could not be read and was set aside: {0}</source>
        <translation>Une ligne n’a pas pu être lue et a été mise de côté&#x202f;: {0}</translation>
    </message>
    <message>
        <source>Shared with your colleagues</source>
        <translation>Partagé avec vos collègues</translation>
    </message>
    <message>
        <source>Taken over from {0}</source>
        <translation>Repris à {0}</translation>
    </message>
    <message>
        <source>Taken over from a colleague</source>
        <translation>Repris à un collègue</translation>
    </message>
    <message>
        <source>Your version of {0}, kept beside the colleague&apos;s</source>
        <translation>Votre version de {0}, gardée à côté de celle du collègue</translation>
    </message>
    <message>
        <source>Put away: the other version of {0} counts</source>
        <translation>Rangé&#x202f;: l’autre version de {0} compte</translation>
    </message>
    <message>
        <source>Put in the place of {0}&apos;s version</source>
        <translation>Mis à la place de la version de {0}</translation>
    </message>
    <message>
        <source>Put in the place of a colleague&apos;s version</source>
        <translation>Mis à la place de la version d’un collègue</translation>
    </message>
    <message>
        <source>Put back on this desk from the copy of unsent orders</source>
        <translation>Rétablie sur ce poste depuis la copie des commandes à envoyer</translation>
    </message>
    <message>
        <source>Received by the manufacturer</source>
        <translation>Reçue par le fabricant</translation>
    </message>
    <message>
        <source>Accepted by the manufacturer</source>
        <translation>Acceptée par le fabricant</translation>
    </message>
    <message>
        <source>Back-ordered</source>
        <translation>En reliquat</translation>
    </message>
    <message>
        <source>The manufacturer says: {0}</source>
        <translation>Le fabricant indique&#x202f;: {0}</translation>
    </message>
    <message>
        <source>{0}, number {1}</source>
        <translation>{0}, numéro {1}</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server was put back and has lost its answer</source>
        <translation>Le serveur du fabricant a été remis dans un état antérieur et a perdu sa réponse</translation>
    </message>
    <message>
        <source>Closed as the manufacturer has it</source>
        <translation>Close telle que le fabricant l’a</translation>
    </message>
    <message>
        <source>Refused by the manufacturer</source>
        <translation>Refusée par le fabricant</translation>
    </message>
    <message>
        <source>The earlier version stays in use.</source>
        <translation>La version précédente reste en usage.</translation>
    </message>
    <message>
        <source>New terms taken by your rule: {0} before VAT.</source>
        <translation>Nouvelles conditions acceptées par votre règle&#x202f;: {0} HT.</translation>
    </message>
    <message>
        <source>Order {0} is on its way again; its history tells what changed.</source>
        <translation>La commande {0} est repartie&#x202f;; son historique dit ce qui a changé.</translation>
    </message>
    <message>
        <source>Orders {0} are on their way again; their histories tell what changed.</source>
        <translation>Les commandes {0} sont reparties&#x202f;; leur historique dit ce qui a changé.</translation>
    </message>
    <message>
        <source>Two versions</source>
        <translation>Deux versions</translation>
    </message>
    <message>
        <source>Shared draft</source>
        <translation>Brouillon partagé</translation>
    </message>
    <message>
        <source>With a colleague</source>
        <translation>Chez un collègue</translation>
    </message>
    <message>
        <source>Expected stock</source>
        <translation>Stock attendu</translation>
    </message>
    <message>
        <source>Shared drafts</source>
        <translation>Brouillons partagés</translation>
    </message>
    <message>
        <source>the manufacturer no longer takes orders in this old form</source>
        <translation>le fabricant n’accepte plus les commandes sous cette forme ancienne</translation>
    </message>
    <message>
        <source>the manufacturer refused the change</source>
        <translation>le fabricant a refusé la modification</translation>
    </message>
    <message>
        <source>in a file that another desk may send; being checked</source>
        <translation>dans un fichier qu’un autre poste peut envoyer&#x202f;; vérification en cours</translation>
    </message>
    <message>
        <source>the manufacturer has shut out this desk</source>
        <translation>le fabricant a bloqué ce poste</translation>
    </message>
    <message>
        <source>Goods have already left.</source>
        <translation>Des marchandises sont déjà parties.</translation>
    </message>
    <message>
        <source>The manufacturer had refused the order.</source>
        <translation>Le fabricant avait refusé la commande.</translation>
    </message>
    <message>
        <source>The order is cancelled.</source>
        <translation>La commande est annulée.</translation>
    </message>
    <message>
        <source>The wholesaler has already prepared it.</source>
        <translation>Le grossiste l’a déjà préparée.</translation>
    </message>
    <message>
        <source>The smaller quantity would lose its price.</source>
        <translation>La quantité réduite perdrait son prix.</translation>
    </message>
    <message>
        <source>What is left is below the wholesaler&apos;s minimum.</source>
        <translation>Ce qui reste est en dessous du minimum du grossiste.</translation>
    </message>
    <message>
        <source>It is so already.</source>
        <translation>C’est déjà le cas.</translation>
    </message>
    <message>
        <source>The manufacturer gives no reason.</source>
        <translation>Le fabricant ne donne pas de raison.</translation>
    </message>
    <message>
        <source>Some rows of this desk could not be read and were set aside.</source>
        <translation>Des lignes de ce poste n’ont pas pu être lues et ont été mises de côté.</translation>
    </message>
    <message>
        <source>Nothing is deleted: the settings show them and write them to a file.</source>
        <translation>Rien n’est supprimé&#x202f;: les réglages les montrent et les écrivent dans un fichier.</translation>
    </message>
    <message>
        <source>Without one, nobody can open its orders once this computer has lost its key. Make one in the settings.</source>
        <translation>Sans lui, personne ne peut ouvrir ses commandes si cet ordinateur perd la clé. Faites-en un dans les réglages.</translation>
    </message>
    <message>
        <source>The folder of this desk is no safe place for orders.</source>
        <translation>Le dossier de ce poste n’est pas un endroit sûr pour des commandes.</translation>
    </message>
    <message>
        <source>{0} lies on a network share. Move it to this computer&apos;s own disk.</source>
        <translation>{0} est sur un partage réseau. Déplacez-le sur le disque de cet ordinateur.</translation>
    </message>
    <message>
        <source>{0} is synced by {1}. Move it to a folder that is not synced.</source>
        <translation>{0} est synchronisé par {1}. Déplacez-le dans un dossier qui ne l’est pas.</translation>
    </message>
    <message>
        <source>{0} belongs to a roaming profile. Move it to a local folder.</source>
        <translation>{0} appartient à un profil itinérant. Déplacez-le dans un dossier local.</translation>
    </message>
    <message>
        <source>{0} orders were sent again with their prices and numbers.</source>
        <translation>{0} commandes ont été renvoyées avec leurs prix et leurs numéros.</translation>
    </message>
    <message>
        <source>1 order was sent again with its prices and number.</source>
        <translation>1 commande a été renvoyée avec ses prix et son numéro.</translation>
    </message>
    <message>
        <source>{0} orders need you.</source>
        <translation>{0} commandes ont besoin de vous.</translation>
    </message>
    <message>
        <source>1 order needs you.</source>
        <translation>1 commande a besoin de vous.</translation>
    </message>
    <message>
        <source>Nothing of your orders was missing there.</source>
        <translation>Aucune de vos commandes n’y manquait.</translation>
    </message>
    <message>
        <source>Over the limit the manufacturer decides.</source>
        <translation>Au-delà du plafond, le fabricant décide.</translation>
    </message>
    <message>
        <source>Over the limit orders are held until they are released.</source>
        <translation>Au-delà du plafond, les commandes sont retenues.</translation>
    </message>
    <message>
        <source>Over the limit orders are refused.</source>
        <translation>Au-delà du plafond, les commandes sont refusées.</translation>
    </message>
    <message>
        <source>The catalogue has no product {0}.</source>
        <translation>Le catalogue n’a pas de produit {0}.</translation>
    </message>
    <message>
        <source>No wholesaler has the code {0}.</source>
        <translation>Aucun grossiste n’a le code {0}.</translation>
    </message>
    <message>
        <source>{0} is not carried by {1}.</source>
        <translation>{0} n’est pas distribué par {1}.</translation>
    </message>
    <message>
        <source>any wholesaler</source>
        <translation>aucun grossiste</translation>
    </message>
    <message>
        <source>{0} is no longer sold; replaced by {1}.</source>
        <translation>{0} n’est plus vendu&#x202f;; remplacé par {1}.</translation>
    </message>
    <message>
        <source>{0} is no longer sold.</source>
        <translation>{0} n’est plus vendu.</translation>
    </message>
    <message>
        <source>{0} is not a quantity that can be ordered.</source>
        <translation>{0} n’est pas une quantité commandable.</translation>
    </message>
    <message>
        <source>{0} is sold from {1} units on.</source>
        <translation>{0} se vend à partir de {1} unités.</translation>
    </message>
    <message>
        <source>{0} is sold in packs of {1}.</source>
        <translation>{0} se vend par colis de {1}.</translation>
    </message>
    <message>
        <source>{0} is there twice.</source>
        <translation>{0} y figure deux fois.</translation>
    </message>
    <message>
        <source>{0} takes orders from {1} on; {2} are missing.</source>
        <translation>{0} prend les commandes dès {1}&#x202f;; il manque {2}.</translation>
    </message>
    <message>
        <source>{0}: {1} missing in stock.</source>
        <translation>{0}&#x202f;: il en manque {1} en stock.</translation>
    </message>
    <message>
        <source>Credit is exceeded by {0}; the manufacturer decides.</source>
        <translation>L’encours est dépassé de {0}&#x202f;; le fabricant décide.</translation>
    </message>
    <message>
        <source>Credit is exceeded by {0}; the manufacturer holds the order until it releases it.</source>
        <translation>L’encours est dépassé de {0}&#x202f;; le fabricant retient la commande jusqu’à ce qu’il la libère.</translation>
    </message>
    <message>
        <source>Credit is exceeded by {0}; the manufacturer refuses such orders.</source>
        <translation>L’encours est dépassé de {0}&#x202f;; le fabricant refuse ces commandes.</translation>
    </message>
    <message>
        <source>{0}: only {1} left at the price “{2}”.</source>
        <translation>{0}&#x202f;: plus que {1} au prix «&#x202f;{2}&#x202f;».</translation>
    </message>
    <message>
        <source>{0}: only {1} left at this price.</source>
        <translation>{0}&#x202f;: plus que {1} à ce prix.</translation>
    </message>
    <message>
        <source>{0} does not deliver express.</source>
        <translation>{0} ne livre pas en express.</translation>
    </message>
    <message>
        <source>Your VAT number is not known: French VAT is charged on this delivery within the EU.</source>
        <translation>Votre numéro de TVA n’est pas connu&#x202f;: la TVA française s’applique à cette livraison dans l’UE.</translation>
    </message>
    <message>
        <source>The data folder cannot be used</source>
        <translation>Le dossier des données est inutilisable</translation>
    </message>
    <message>
        <source>{0} cannot be written. Nothing was saved; check the rights of the folder.</source>
        <translation>{0} ne peut pas être écrit. Rien n’a été enregistré&#x202f;; vérifiez les droits du dossier.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was saved; make room and try again. {0}</source>
        <translation>Le disque est plein. Rien n’a été enregistré&#x202f;; libérez de la place et recommencez. {0}</translation>
    </message>
    <message>
        <source>{0} cannot be read. Your orders in this folder are untouched: call support.</source>
        <translation>{0} ne peut pas être lu. Vos commandes dans ce dossier sont intactes&#x202f;: appelez l’assistance.</translation>
    </message>
    <message>
        <source>{0} was written by a newer version of Comptoir. Update this program.</source>
        <translation>{0} a été écrit par une version plus récente de Comptoir. Mettez ce programme à jour.</translation>
    </message>
    <message>
        <source>{0} already holds orders of another desk. Choose another folder.</source>
        <translation>{0} contient déjà les commandes d’un autre poste. Choisissez un autre dossier.</translation>
    </message>
    <message>
        <source>{0} lies on a network share, where the file with your orders can be damaged. Choose a folder on this computer&apos;s own disk. Nothing was written and the code is still good.</source>
        <translation>{0} est sur un partage réseau, où le fichier de vos commandes peut être abîmé. Choisissez un dossier sur le disque de cet ordinateur. Rien n’a été écrit et le code reste valable.</translation>
    </message>
    <message>
        <source>{0} is synced by another program, which copies half-written files and brings old ones back. Choose a folder that is not synced. Nothing was written and the code is still good.</source>
        <translation>{0} est synchronisé par un autre programme, qui copie des fichiers à moitié écrits et en ramène d’anciens. Choisissez un dossier qui ne l’est pas. Rien n’a été écrit et le code reste valable.</translation>
    </message>
    <message>
        <source>{0} belongs to a roaming profile, which would leave unsent orders on another computer. Choose a local folder. Nothing was written and the code is still good.</source>
        <translation>{0} appartient à un profil itinérant, qui laisserait des commandes non envoyées sur un autre ordinateur. Choisissez un dossier local. Rien n’a été écrit et le code reste valable.</translation>
    </message>
    <message>
        <source>Another program holds {0}. Nothing was saved; try again in a moment.</source>
        <translation>Un autre programme utilise {0}. Rien n’a été enregistré&#x202f;; réessayez dans un instant.</translation>
    </message>
    <message>
        <source>{0} cannot be opened: its key does not fit, or it is damaged.</source>
        <translation>{0} ne peut pas être ouvert&#x202f;: sa clé ne convient pas, ou il est endommagé.</translation>
    </message>
    <message>
        <source>{0} cannot be read. Put it back from a copy, or make a new code.</source>
        <translation>{0} n’est pas lisible. Remettez-le depuis une copie, ou faites un nouveau code.</translation>
    </message>
    <message>
        <source>The file with your orders is damaged. A copy of it was put into {0}, and nothing more is written. Close Comptoir and open it again: it offers to put a backup and your unsent orders back.</source>
        <translation>Le fichier de vos commandes est endommagé. Une copie en a été mise dans {0}, et plus rien n’y est écrit. Fermez Comptoir et rouvrez-le&#x202f;: il propose de rétablir une sauvegarde et vos commandes non parties.</translation>
    </message>
    <message>
        <source>{0} is gone, and with it the orders of this desk. It is not made anew: put it back from a backup, or call support.</source>
        <translation>{0} a disparu, et avec lui les commandes de ce poste. Il n’est pas recréé&#x202f;: remettez-le depuis une sauvegarde, ou appelez l’assistance.</translation>
    </message>
    <message>
        <source>The manufacturer could not be reached</source>
        <translation>Le fabricant est injoignable</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid, so nothing was sent to it.</source>
        <translation>Le certificat du serveur n’est pas valable, rien ne lui a donc été envoyé.</translation>
    </message>
    <message>
        <source>Nothing answers at {0}. Check the address and the network, then try again.</source>
        <translation>Rien ne répond à {0}. Vérifiez l’adresse et le réseau, puis recommencez.</translation>
    </message>
    <message>
        <source>Your orders are kept here and leave by themselves when it answers again.</source>
        <translation>Vos commandes sont gardées ici et partiront d’elles-mêmes quand il répondra.</translation>
    </message>
    <message>
        <source>This desk must sign in again</source>
        <translation>Ce poste doit se reconnecter</translation>
    </message>
    <message>
        <source>Your orders are kept here. Type a new code of the manufacturer in the settings.</source>
        <translation>Vos commandes sont gardées ici. Saisissez un nouveau code du fabricant dans les réglages.</translation>
    </message>
    <message>
        <source>The manufacturer has suspended this account</source>
        <translation>Le fabricant a suspendu ce compte</translation>
    </message>
    <message>
        <source>Your orders are kept here. Call the manufacturer.</source>
        <translation>Vos commandes sont gardées ici. Appelez le fabricant.</translation>
    </message>
    <message>
        <source>This code does not work</source>
        <translation>Ce code ne fonctionne pas</translation>
    </message>
    <message>
        <source>It is unknown, used or expired. Check it, or ask the manufacturer for a new one.</source>
        <translation>Il est inconnu, déjà utilisé ou périmé. Vérifiez-le, ou demandez-en un autre au fabricant.</translation>
    </message>
    <message>
        <source>This desk is not connected yet</source>
        <translation>Ce poste n’est pas encore relié</translation>
    </message>
    <message>
        <source>Connect it to your manufacturer, or practise first.</source>
        <translation>Reliez-le à votre fabricant, ou exercez-vous d’abord.</translation>
    </message>
    <message>
        <source>This is another manufacturer&apos;s server</source>
        <translation>C’est le serveur d’un autre fabricant</translation>
    </message>
    <message>
        <source>This profile belongs to another server or account; nothing was changed.</source>
        <translation>Ce profil appartient à un autre serveur ou compte&#x202f;; rien n’a été changé.</translation>
    </message>
    <message>
        <source>There is no order server at this address</source>
        <translation>Pas de serveur de commande à cette adresse</translation>
    </message>
    <message>
        <source>Check the address with the manufacturer; this network may also want a sign-in first.</source>
        <translation>Vérifiez l’adresse avec le fabricant&#x202f;; ce réseau demande peut-être aussi une connexion.</translation>
    </message>
    <message>
        <source>This address cannot be used</source>
        <translation>Cette adresse est inutilisable</translation>
    </message>
    <message>
        <source>It should look like https://orders.example.com; without https it would not be safe.</source>
        <translation>Elle devrait ressembler à https://commandes.exemple.fr&#x202f;; sans https elle ne serait pas sûre.</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server refused this</source>
        <translation>Le serveur du fabricant a refusé</translation>
    </message>
    <message>
        <source>The manufacturer&apos;s server is busy</source>
        <translation>Le serveur du fabricant est occupé</translation>
    </message>
    <message>
        <source>It is tried again by itself in a moment.</source>
        <translation>Nouvel essai de lui-même dans un instant.</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be understood</source>
        <translation>La réponse du serveur n’a pas été comprise</translation>
    </message>
    <message>
        <source>Nothing was changed here. If it happens again, call the manufacturer.</source>
        <translation>Rien n’a été changé ici. Si cela se reproduit, appelez le fabricant.</translation>
    </message>
    <message>
        <source>The new catalogue is much smaller</source>
        <translation>Le nouveau catalogue est bien plus petit</translation>
    </message>
    <message>
        <source>Data is read again from the start</source>
        <translation>Les données sont relues depuis le début</translation>
    </message>
    <message>
        <source>Unknown product</source>
        <translation>Produit inconnu</translation>
    </message>
    <message>
        <source>Unknown wholesaler</source>
        <translation>Grossiste inconnu</translation>
    </message>
    <message>
        <source>This quantity cannot be ordered</source>
        <translation>Cette quantité ne peut pas être commandée</translation>
    </message>
    <message>
        <source>A quantity is a whole number from 1 to 999,999, in full packs.</source>
        <translation>Une quantité est un nombre entier de 1 à 999&#x202f;999, par colis entiers.</translation>
    </message>
    <message>
        <source>Unknown order</source>
        <translation>Commande inconnue</translation>
    </message>
    <message>
        <source>This order cannot leave yet</source>
        <translation>Cette commande ne peut pas encore partir</translation>
    </message>
    <message>
        <source>The draft is kept. Put right what is marked, then send it again.</source>
        <translation>Le brouillon est gardé. Corrigez ce qui est signalé, puis renvoyez.</translation>
    </message>
    <message>
        <source>Prices have changed</source>
        <translation>Les prix ont changé</translation>
    </message>
    <message>
        <source>Nothing was sent. Look at the new prices, then send again.</source>
        <translation>Rien n’est parti. Regardez les nouveaux prix, puis renvoyez.</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>Impossible pour l’instant</translation>
    </message>
    <message>
        <source>The order has moved on in the meantime; look at its state.</source>
        <translation>La commande a avancé entre-temps&#x202f;; regardez son état.</translation>
    </message>
    <message>
        <source>This file could not be read</source>
        <translation>Ce fichier n’a pas pu être lu</translation>
    </message>
    <message>
        <source>This file could not be written</source>
        <translation>Ce fichier n’a pas pu être écrit</translation>
    </message>
    <message>
        <source>Choose another folder, or close the file where another program has it open.</source>
        <translation>Choisissez un autre dossier, ou fermez le fichier s’il est ouvert dans un autre programme.</translation>
    </message>
    <message>
        <source>This recovery code does not fit</source>
        <translation>Ce code de secours ne convient pas</translation>
    </message>
    <message>
        <source>This is a code of another desk, or a newer one has taken its place. Nothing was changed.</source>
        <translation>C’est le code d’un autre poste, ou un code plus récent l’a remplacé. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>Seven groups of four letters and digits are needed. Look at the printed code again.</source>
        <translation>Il faut sept groupes de quatre lettres et chiffres. Regardez de nouveau le code imprimé.</translation>
    </message>
    <message>
        <source>The system&apos;s key store is not available</source>
        <translation>Le trousseau du système n’est pas disponible</translation>
    </message>
    <message>
        <source>Comptoir keeps the key of your data there. Unlock or install it, then start again.</source>
        <translation>Comptoir y garde la clé de vos données. Déverrouillez-le ou installez-le, puis relancez.</translation>
    </message>
</context>
<context>
    <name>_FacetGroup</name>
    <message>
        <source>{0} others</source>
        <translation>{0} autres</translation>
    </message>
</context>
<context>
    <name>_QueueDelegate</name>
    <message>
        <source>sent {0}</source>
        <translation>envoyée {0}</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>retenue</translation>
    </message>
    <message>
        <source>ready since {0}</source>
        <translation>prête depuis {0}</translation>
    </message>
</context>
</TS>
