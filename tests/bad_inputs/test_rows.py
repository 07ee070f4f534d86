"""Each row of the plan's list of bad inputs that a desk meets, with the tests that try it: none can be forgotten."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = "bad_inputs/test_hostile_texts.py"
FEEDS = "bad_inputs/test_feeds.py"
FILES = "bad_inputs/test_files.py"

# Number of the row: its title in short, and `module::test` under `tests`.
ROWS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "pictures in a product name",
        (
            f"{HOSTILE}::test_names_in_the_catalogue",
            f"{HOSTILE}::test_a_notice",
            f"{HOSTILE}::test_every_tool_tip_with_words_from_outside_is_plain",
        ),
    ),
    2: ("a link in an order note", (f"{HOSTILE}::test_what_is_said_of_an_order_and_what_happened_to_it",)),
    3: (
        "direction, invisible and combining signs in names",
        (
            f"{HOSTILE}::test_direction_and_invisible_signs_stay_inside_their_text",
            f"{HOSTILE}::test_names_in_the_catalogue",
            "unit/storage/test_catalog_search.py::test_names_with_hidden_signs_are_found_by_what_is_seen",
        ),
    ),
    4: (
        "a product name of a megabyte",
        (
            "unit/storage/test_catalog_writer.py::test_other_rows_that_cannot_be_taken_are_named",
            "ui/test_formats.py::test_a_monstrous_text_is_cut_with_a_mark",
        ),
    ),
    5: (
        "formulas in an export",
        (
            f"{FILES}::test_a_formula_is_text_in_a_spreadsheet_and_comes_back_as_it_was",
            "unit/documents/test_table_csv.py::test_what_a_spreadsheet_would_run_becomes_text",
        ),
    ),
    6: ("names of documents that lead elsewhere", (f"{FILES}::test_no_file_of_the_server_lies_under_a_name_of_his",)),
    7: (
        "a file that is not what was announced",
        (
            "unit/sync/test_snapshot.py::test_bytes_that_are_not_what_was_announced_make_no_file",
            "unit/remote/test_client.py::test_an_endless_and_a_bombed_answer_are_cut",
            "unit/remote/test_client.py::test_a_file_elsewhere_is_not_followed",
        ),
    ),
    8: (
        "operators and signs in a search",
        ("unit/storage/test_catalog_search.py::test_whatever_is_typed_is_taken_literally",),
    ),
    9: (
        "a bomb of zstd or gzip",
        (
            "unit/sync/test_snapshot.py::test_a_bomb_is_stopped_early",
            "unit/remote/test_client.py::test_an_endless_and_a_bombed_answer_are_cut",
        ),
    ),
    10: (
        "a feed cut in a line or without its checkpoint",
        (
            "sync/test_pull.py::test_a_page_that_is_cut_off_changes_nothing",
            "unit/contract/test_feed.py::test_anything_else_is_void",
        ),
    ),
    11: (
        "an id twice in a page, an unknown one deleted",
        (
            "unit/storage/test_catalog_writer.py::test_the_last_of_two_rows_counts_and_an_unknown_one_is_deleted_in_peace",
            "unit/storage/test_account_writer.py::test_the_last_row_of_a_name_wins",
        ),
    ),
    12: (
        "unknown operation, collection, field, value",
        (
            "unit/storage/test_catalog_writer.py::test_what_is_unknown_is_counted_and_left_out",
            "unit/storage/test_account_writer.py::test_unknown_collections_are_passed_over_but_counted",
            "unit/contract/test_feed.py::test_unknown_operations_are_counted_and_left_out",
        ),
    ),
    13: (
        "prices that are none",
        (
            "unit/storage/test_catalog_writer.py::test_an_impossible_price_sets_the_row_apart_and_keeps_the_old_one",
            "unit/storage/test_account_writer.py::test_a_broken_row_keeps_the_last_good_one_and_the_others_are_taken",
        ),
    ),
    14: (
        "deep JSON, keys that stand twice",
        (
            "unit/contract/test_feed.py::test_anything_else_is_void",
            f"{FEEDS}::test_of_a_key_that_stands_twice_the_last_counts_and_nothing_crashes",
            f"{FEEDS}::test_a_line_that_says_twice_what_it_is_makes_its_page_void",
        ),
    ),
    15: (
        "counts or hash that disagree",
        ("sync/test_pull.py::test_sums_that_disagree_are_reported_and_mended_once_a_day",),
    ),
    16: (
        "an empty or much smaller catalogue",
        (
            "sync/test_catalog_pull.py::test_a_catalogue_that_shrinks_waits_for_consent",
            "unit/sync/test_snapshot.py::test_a_much_smaller_or_empty_catalogue_needs_consent",
        ),
    ),
    17: (
        "a cursor that moves backwards or stands still",
        (
            f"{FEEDS}::test_a_cursor_that_never_changes_ends_the_reading",
            f"{FEEDS}::test_a_feed_that_moves_backwards_ends_the_reading",
            f"{FEEDS}::test_a_feed_without_an_end_is_left",
        ),
    ),
    18: (
        "a server of 1970 or 2099, no date",
        (
            "sync/test_engine.py::test_a_broken_clock_of_the_server_has_no_effect",
            f"{FEEDS}::test_a_date_that_is_missing_or_wrong_has_no_effect_on_what_is_read",
        ),
    ),
    19: (
        "the sign-in page of a network",
        (
            "unit/remote/test_failures.py::test_who_answers",
            "unit/remote/test_client.py::test_a_portal_or_a_redirect_leaves_the_outcome_open",
        ),
    ),
    20: (
        "a redirect to another host",
        (
            "unit/remote/test_client.py::test_the_token_goes_only_where_it_belongs",
            "unit/remote/test_client.py::test_a_portal_or_a_redirect_leaves_the_outcome_open",
        ),
    ),
    21: (
        "a wrong certificate",
        ("unit/remote/test_failures.py::test_a_wrong_certificate_is_named_and_nothing_was_sent",),
    ),
    22: (
        "a success without a body",
        ("unit/sync/test_reconcile.py::test_a_success_that_does_not_name_this_order_proves_nothing",),
    ),
    23: (
        "an acceptance of something else",
        ("sync/test_push.py::test_an_acceptance_of_something_else_is_looked_up",),
    ),
    24: (
        "a Retry-After that is none",
        ("unit/remote/test_failures.py::test_retry_after_stays_between_a_second_and_an_hour",),
    ),
    25: (
        "two programs that synchronise at once",
        (
            "sync/test_two_programs.py::test_a_command_beside_an_open_desktop_leaves_the_work_to_it",
            "unit/sync/test_lock.py::test_one_at_a_time",
        ),
    ),
    26: (
        "a file that is read-only, a full disk, a lock of half a minute",
        (
            f"{FILES}::test_a_file_that_a_virus_scanner_holds_fails_loudly_and_nothing_is_lost",
            "unit/storage/test_database.py::test_a_full_disk_fails_before_anything_is_saved",
            "unit/storage/test_database.py::test_a_read_only_connection_cannot_write",
        ),
    ),
    27: (
        "four random kilobytes in a file",
        (
            f"{FILES}::test_four_random_kilobytes_are_found_and_every_unsent_order_comes_back",
            "sync/test_catalog_pull.py::test_a_catalogue_damaged_in_the_middle_is_fetched_again",
        ),
    ),
    28: (
        "a key store that is missing, locked or none",
        (
            "unit/test_credentials.py::test_only_real_key_stores_are_taken",
            "unit/test_credentials.py::test_a_locked_store_does_not_hold_the_desk_for_ever",
            "unit/test_credentials.py::test_a_token_too_long_for_the_smallest_store_is_refused",
        ),
    ),
    29: ("an address that is none", ("unit/remote/test_address.py::test_what_is_refused_with_a_reason",)),
    47: (
        "a network share, a synced folder, a roaming profile",
        (
            "sync/test_connecting.py::test_a_synced_folder_is_refused_and_the_code_stays_good",
            "unit/test_places.py::test_a_network_share_is_no_place",
            "unit/test_places.py::test_a_roaming_profile_is_no_place",
        ),
    ),
    48: (
        "a second desktop, a command beside it",
        (
            "ui/shell/test_single_instance.py::test_the_second_raises_the_first",
            "sync/test_two_programs.py::test_a_command_beside_an_open_desktop_leaves_the_work_to_it",
        ),
    ),
    49: (
        "files of lines as people have them",
        (
            "unit/documents/test_order_lines_csv.py::test_files_as_people_have_them",
            "unit/documents/test_order_lines_csv.py::test_what_is_wrong_with_a_table_is_named",
            "unit/documents/test_order_lines_csv.py::test_code_pages_are_recognised",
        ),
    ),
    50: (
        "several people of one account",
        (
            "unit/services/test_people.py::test_both_orders_are_in_one_queue_with_their_authors_in_the_document",
            "unit/services/test_people.py::test_each_draft_has_its_author_and_the_journal_says_who_let_it_leave",
            "unit/commands/test_people.py::test_an_order_is_entered_by_one_and_sent_by_another",
            "ui/shell/test_window.py::test_somebody_else_sits_down_by_the_keyboard_alone",
        ),
    ),
}


@cache
def collected_from(module: str) -> frozenset[str]:
    """The tests that pytest collects from a module."""
    tree = ast.parse((ROOT / "tests" / module).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_tried(row: int) -> None:
    title, named = ROWS[row]
    assert title
    assert named
    for name in named:
        module, _, test = name.partition("::")
        assert test in collected_from(module), name


def test_no_row_of_the_plan_is_left_out() -> None:
    """The plan numbers what a desk meets 1 to 29 and 47 to 50; 30 to 46 are the server's."""
    assert sorted(ROWS) == [*range(1, 30), *range(47, 51)]
