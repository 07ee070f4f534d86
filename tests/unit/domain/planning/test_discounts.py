"""What document discounts may take off: never less than they do."""

from desktop_app.domain.planning.discounts import PARTS_OF_ONE, DiscountBounds
from tests.support.sourcing_orders import choices, tangled


def test_the_real_discount_lies_within_its_limits() -> None:
    seen = 0
    for seed in range(600):
        model = tangled(seed).model()
        if not model.has_documents:
            continue
        discounts = DiscountBounds(model)
        for choice in list(choices(model))[:6]:
            for one in model.sub_orders(choice):
                whole = (0, len(model.houses[one.at].documents))
                for among in (whole, (one.document, one.document)):
                    by_percent = sum(goods * discounts.most(keys, one.at, among) for keys, goods in one.bases.items())
                    most = discounts.fixed(one.at, among) + by_percent / PARTS_OF_ONE
                    assert one.discount <= most + discounts.roundings(one.at, among) / 2
                    seen += one.discount > 0
                exact = (one.document, one.document)
                sure = sum(goods * discounts.sure(keys, one.at, exact) for keys, goods in one.bases.items())
                assert one.discount >= max(sure / PARTS_OF_ONE - 1, discounts.sure_fixed(one.at, exact))
    assert seen > 50


def test_roundings_of_all_count_half_a_cent_per_rate_and_wholesaler() -> None:
    for seed in range(200):
        model = tangled(seed).model()
        discounts = DiscountBounds(model)
        assert discounts.roundings_of_all() <= len(model.houses) * 2
        if not model.has_documents:
            assert discounts.roundings_of_all() == 0
