"""The look: tokens, fonts, icons, stylesheet and the shapes drawn by hand."""
