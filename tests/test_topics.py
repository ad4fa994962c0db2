"""The topic codec: issue 7, "the codec"."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsimport.errors import UsageError
from newsimport.source import sections
from newsimport.source.protobuf import (
    from_base64url,
    read_fields,
    to_base64url,
    write_fields,
)
from newsimport.source.topics import (
    Topic,
    decode_section,
    decode_topic,
    encode_place,
    encode_topic,
)

# Ids that Google's own pages link to, as public repositories quote them.
SEEN = [
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtVnVHZ0pWVXlnQVAB", "/m/09nm_", "en", "US"),
    ("CAAqIggKIhxDQkFTRHdvSkwyMHZNRGxqTjNjd0VnSmxiaWdBUAE", "/m/09c7w0", "en", ""),
    ("CAAqKAgKIiJDQkFTRXdvTkwyY3ZNVEZtY2pFMWRERTFhQklDZG1rb0FBUAE", "/g/11fr15t15h", "vi", ""),
    ("CAAqIQgKIhtDQkFTRGdvSUwyMHZNREoyZUc0U0FuWnBLQUFQAQ", "/m/02vxn", "vi", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnVHZ0pKVGlnQVAB", "/m/09s1f", "en", "IN"),
    ("CAAqIQgKIhtDQkFTRGdvSUwyMHZNRFppYm5vU0FuSjFLQUFQAQ", "/m/06bnz", "ru", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FuSjFHZ0pTVlNnQVAB", "/m/09nm_", "ru", "RU"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNREUxWm5JU0JYQjBMVUpTS0FBUAE", "/m/015fr", "pt-BR", ""),
    ("CAAqIQgKIhtDQkFTRGdvSUwyMHZNR2h6Y1dZU0FtdHZLQUFQAQ", "/m/0hsqf", "ko", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JXVnVMVWRDR2dKT1J5Z0FQAQ", "/m/05jhg", "en-GB", "NG"),
    ("CAAqIggKIhxDQkFTRHdvSkwyMHZNREp0WmpGdUVnSm9hU2dBUAE", "/m/02mf1n", "hi", ""),
    ("CAAqJAgKIh5DQkFTRUFvS0wyMHZNSEk0YkhsM054SUNhR2tvQUFQAQ", "/m/0r8lyw7", "hi", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtaHBHZ0pKVGlnQVAB", "/m/05jhg", "hi", "IN"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtdHZHZ0pMVWlnQVAB", "/m/09s1f", "ko", "KR"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx1YlY4U0JXVnVMVWRDR2dKSFFpZ0FQAQ", "/m/09nm_", "en-GB", "GB"),
    ("CAAqIQgKIhtDQkFTRGdvSUwyMHZNRFZ4YUhjU0FuQnNLQUFQAQ", "/m/05qhw", "pl", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGRqTVhZU0FtVnVHZ0pWVXlnQVAB", "/m/07c1v", "en", "US"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFp1ZEdvU0FtVnVHZ0pWVXlnQVAB", "/m/06ntj", "en", "US"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnVHZ0pWVXlnQVAB", "/m/09s1f", "en", "US"),
    ("CAAqIQgKIhtDQkFTRGdvSUwyMHZNR3QwTlRFU0FtVnVLQUFQAQ", "/m/0kt51", "en", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGRqTVhZU0JXVnVMVWRDR2dKSlRpZ0FQAQ", "/m/07c1v", "en-GB", "IN"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx1YlY4U0JXVnVMVWRDR2dKSlRpZ0FQAQ", "/m/09nm_", "en-GB", "IN"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx6TVdZU0JXVnVMVWRDR2dKSlRpZ0FQAQ", "/m/09s1f", "en-GB", "IN"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFp1ZEdvU0JXVnVMVWRDR2dKSlRpZ0FQAQ", "/m/06ntj", "en-GB", "IN"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFp0Y1RjU0JXVnVMVWRDR2dKSlRpZ0FQAQ", "/m/06mq7", "en-GB", "IN"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNR3QwTlRFU0JXVnVMVWRDS0FBUAE", "/m/0kt51", "en-GB", ""),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNRE55YXpBU0JXVnVMVWRDS0FBUAE", "/m/03rk0", "en-GB", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JXVnVMVWRDR2dKVFJ5Z0FQAQ", "/m/05jhg", "en-GB", "SG"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNRFowTW5RU0JXVnVMVWRDS0FBUAE", "/m/06t2t", "en-GB", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNREpxYW5RU0JXVnVMVWRDR2dKVFJ5Z0FQAQ", "/m/02jjt", "en-GB", "SG"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNRFptTXpJU0JYcG9MVlJYS0FBUAE", "/m/06f32", "zh-TW", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx1YlY4U0JYcG9MVlJYR2dKVVZ5Z0FQAQ", "/m/09nm_", "zh-TW", "TW"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx6TVdZU0JYcG9MVlJYR2dKVVZ5Z0FQAQ", "/m/09s1f", "zh-TW", "TW"),
    (
        "CAAqLAgKIiZDQkFTRmdvSkwyMHZNR1ptZHpWbUVnVjZhQzFVVnhvQ1ZGY29BQVAB",
        "/m/0ffw5f",
        "zh-TW",
        "TW",
    ),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNREpxYW5RU0JYcG9MVlJYR2dKVVZ5Z0FQAQ", "/m/02jjt", "zh-TW", "TW"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFp1ZEdvU0JYcG9MVlJYR2dKVVZ5Z0FQAQ", "/m/06ntj", "zh-TW", "TW"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNR3QwTlRFU0JYcG9MVlJYS0FBUAE", "/m/0kt51", "zh-TW", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JXVnVMVWRDR2dKQlZTZ0FQAQ", "/m/05jhg", "en-GB", "AU"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx1YlY4U0JXVnVMVWRDR2dKQlZTZ0FQAQ", "/m/09nm_", "en-GB", "AU"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtVnVHZ0pWVXlnQVAB", "/m/05jhg", "en", "US"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JYcG9MVU5PR2dKRFRpZ0FQAQ", "/m/05jhg", "zh-CN", "CN"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtUmxHZ0pFUlNnQVAB", "/m/05jhg", "de", "DE"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtWnlHZ0pHVWlnQVAB", "/m/05jhg", "fr", "FR"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtcGhHZ0pLVUNnQVAB", "/m/05jhg", "ja", "JP"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JYQjBMVUpTR2dKQ1VpZ0FQAQ", "/m/05jhg", "pt-BR", "BR"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FuSjFHZ0pTVlNnQVAB", "/m/05jhg", "ru", "RU"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtdHZHZ0pMVWlnQVAB", "/m/05jhg", "ko", "KR"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JXVnVMVWRDR2dKSFFpZ0FQAQ", "/m/05jhg", "en-GB", "GB"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRFZxYUdjU0JYcG9MVlJYR2dKVVZ5Z0FQAQ", "/m/05jhg", "zh-TW", "TW"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtbDNHZ0pKVENnQVAB", "/m/05jhg", "iw", "IL"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFZxYUdjU0FtRnlHZ0pNUWlnQVAB", "/m/05jhg", "ar", "LB"),
    (
        "CAAqLAgKIiZDQkFTRmdvSUwyMHZNRFZxYUdjU0JtVnpMVFF4T1JvQ1EwOG9BQVAB",
        "/m/05jhg",
        "es-419",
        "CO",
    ),
    (
        "CAAqLAgKIiZDQkFTRmdvSkwyMHZNR1ptZHpWbUVnVndkQzFDVWhvQ1FsSW9BQVAB",
        "/m/0ffw5f",
        "pt-BR",
        "BR",
    ),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx6TVdZU0JYQjBMVUpTR2dKQ1VpZ0FQAQ", "/m/09s1f", "pt-BR", "BR"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNR3QwTlRFU0JYQjBMVUpTS0FBUAE", "/m/0kt51", "pt-BR", ""),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNREpxYW5RU0JYQjBMVUpTR2dKQ1VpZ0FQAQ", "/m/02jjt", "pt-BR", "BR"),
    ("CAAqKggKIiRDQkFTRlFvSUwyMHZNRGx1YlY4U0JYQjBMVUpTR2dKQ1VpZ0FQAQ", "/m/09nm_", "pt-BR", "BR"),
    (
        "CAAqLAgKIiZDQkFTRmdvSUwyMHZNRFZxYUdjU0JtVnpMVFF4T1JvQ1ZWTW9BQVAB",
        "/m/05jhg",
        "es-419",
        "US",
    ),
    (
        "CAAqLQgKIidDQkFTRndvSkwyMHZNR1ptZHpWbUVnWmxjeTAwTVRrYUFrMVlLQUFQAQ",
        "/m/0ffw5f",
        "es-419",
        "MX",
    ),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNR3QwTlRFU0JtVnpMVFF4T1NnQVAB", "/m/0kt51", "es-419", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx1YlY4U0FtWnlHZ0pHVWlnQVAB", "/m/09nm_", "fr", "FR"),
    ("CAAqIggKIhxDQkFTRHdvSkwyMHZNR1k0YkRsakVnSm1jaWdBUAE", "/m/0f8l9c", "fr", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtWnlHZ0pHVWlnQVAB", "/m/09s1f", "fr", "FR"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRFp1ZEdvU0FtUmxHZ0pFUlNnQVAB", "/m/06ntj", "de", "DE"),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNRFYyT0dNU0JXVnVMVWRDS0FBUAE", "/m/05v8c", "en-GB", ""),
    ("CAAqJQgKIh9DQkFTRVFvSUwyMHZNREoyZURRU0JXVnVMVWRDS0FBUAE", "/m/02vx4", "en-GB", ""),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGRqTVhZU0FtVnpHZ0pGVXlnQVAB", "/m/07c1v", "es", "ES"),
    ("CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnpHZ0pGVXlnQVAB", "/m/09s1f", "es", "ES"),
]
LOCAL = "CAAqHAgKIhZDQklTQ2pvSWJHOWpZV3hmZGpJb0FBUAE"
PLACES = {
    "/m/016mp9": "CAQiUENCSVNOam9JYkc5allXeGZkakpDRUd4dlkyRnNYM1l5WDNObFkzUnBiMjV5Q3hJSkwyMHZNREUyYlhBNWVnc0tDUzl0THpBeE5tMXdPU2dBKjEIACotCAoiJ0NCSVNGem9JYkc5allXeGZkako2Q3dvSkwyMHZNREUyYlhBNUtBQVABUAE",
    "/m/0b1t1": "CAQiTkNCSVNORG9JYkc5allXeGZkakpDRUd4dlkyRnNYM1l5WDNObFkzUnBiMjV5Q2hJSUwyMHZNR0l4ZERGNkNnb0lMMjB2TUdJeGRERW9BQSowCAAqLAgKIiZDQklTRmpvSWJHOWpZV3hmZGpKNkNnb0lMMjB2TUdJeGRERW9BQVABUAE",
    "/g/1q5bldlsj": "CAQiWENCSVNQRG9JYkc5allXeGZkakpDRUd4dlkyRnNYM1l5WDNObFkzUnBiMjV5RGhJTUwyY3ZNWEUxWW14a2JITnFlZzRLREM5bkx6RnhOV0pzWkd4emFpZ0EqNQgAKjEICiIrQ0JJU0dqb0liRzlqWVd4ZmRqSjZEZ29NTDJjdk1YRTFZbXhrYkhOcUtBQVABUAE",
}
MIDS = st.from_regex(r"/[mg]/[0-9a-z_]{1,40}", fullmatch=True)
TAGS = st.from_regex(r"[a-z]{2,3}(-[A-Z0-9]{2,3})?", fullmatch=True)


def test_the_table_is_large_and_has_no_double():
    assert len({row[0] for row in SEEN}) == len(SEEN) >= 40


@pytest.mark.parametrize(("topic_id", "mid", "language", "country"), SEEN)
def test_an_id_of_googles_reencodes_byte_for_byte(topic_id, mid, language, country):
    assert decode_topic(topic_id) == Topic(mid, language, country)
    assert encode_topic(Topic(mid, language, country)) == topic_id


def test_the_local_topic_and_its_places_reencode_byte_for_byte():
    assert decode_topic(LOCAL) == Topic("", kind="local")
    assert encode_topic(Topic("", kind="local")) == LOCAL
    for mid, section_id in PLACES.items():
        assert encode_place(mid) == section_id
        assert decode_section(section_id).mid == mid
        assert decode_section(section_id).topic.kind == "local"


def test_a_part_of_a_topic_is_read():
    economy = "CAQiSENCQVNNQW9JTDIwdk1EbHpNV1lTQW1WdUdnSlZVeUlQQ0FRYUN3b0pMMjB2TUdkbWNITXpLZ3NTQ1M5dEx6Qm5abkJ6TXlnQSoqCAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnVHZ0pWVXlnQVABUAE"
    section = decode_section(economy)
    assert (section.mid, section.name) == ("/m/0gfps3", "")
    assert section.topic == Topic("/m/09s1f", "en", "US")
    tennis = "CAQiSkNCQVNNUW9JTDIwdk1EWnVkR29TQldWdUxVZENHZ0pKVGlJT0NBUWFDZ29JTDIwdk1EZGiczkFxQ2dvSUVnWlVaVzV1YVhNb0FBKi4IACoqCAoiJENCQVNGUW9JTDIwdk1EWnVkR29TQldWdUxVZENHZ0pKVGlnQVABUAE"
    # An id that someone mistyped, found in the wild.
    with pytest.raises(UsageError):
        decode_section(tennis)


@given(MIDS, TAGS, st.just("") | st.from_regex(r"[A-Z]{2}", fullmatch=True))
def test_topics_round_trip(mid, language, country):
    topic = Topic(mid, language, country)
    assert decode_topic(encode_topic(topic)) == topic


@given(MIDS)
def test_places_round_trip(mid):
    assert decode_section(encode_place(mid)).mid == mid
    assert decode_topic(encode_topic(Topic(mid, kind="local"))) == Topic(mid, kind="local")


@given(
    st.text()
    | st.binary().map(to_base64url)
    | st.binary().map(lambda raw: "CAAq" + to_base64url(raw))
)
def test_junk_is_an_error_and_no_crash(text):
    for decode in (decode_topic, decode_section):
        with contextlib.suppress(UsageError):
            decode(text)


@given(st.sampled_from(SEEN), st.integers(0, 200), st.characters())
def test_a_changed_id_is_read_or_refused(row, at, character):
    changed = row[0][:at] + character + row[0][at + 1 :]
    try:
        topic = decode_topic(changed)
    except UsageError:
        return
    assert topic.kind in {"topic", "local"}


@pytest.mark.parametrize(
    "topic",
    [
        Topic("09nm_", "en"),
        Topic("", "en"),
        Topic("/m/09nm_", ""),
        Topic("/m/../x", "en"),
        Topic("x", kind="local"),
    ],
)
def test_what_is_no_topic_is_not_encoded(topic):
    with pytest.raises(UsageError):
        encode_topic(topic)


def test_an_endless_id_is_refused_at_once():
    with pytest.raises(UsageError):
        decode_topic("CAAq" * 1_000_000)


FIELDS = st.lists(st.tuples(st.integers(1, 2**20), st.integers(0, 2**63 - 1) | st.binary()))


@given(FIELDS)
def test_fields_round_trip(fields):
    assert read_fields(write_fields(*fields)) == tuple(fields)


@given(st.binary())
def test_any_bytes_are_fields_or_a_value_error(raw):
    try:
        read_fields(raw)
    except ValueError:
        return


@pytest.mark.parametrize(
    "raw",
    [
        b"\x22\x05abc",
        b"\x09\x00",
        b"\x0d\x00",
        b"\x08",
        b"\x08" + b"\xff" * 11,
        b"\x00\x00",
        b"\x0b",
        b"\x22\xff\xff\xff\xff\x0f",
    ],
)
def test_bytes_that_end_too_early_or_have_no_form_are_refused(raw):
    with pytest.raises(ValueError):
        read_fields(raw)


@given(st.binary())
def test_base64url_round_trips(raw):
    assert from_base64url(to_base64url(raw)) == raw


def test_every_section_has_a_mid_and_a_name_in_english():
    for word in (*sections.WORDS, *sections.MIDS_WITHOUT_WORD):
        assert sections.name_of_word(word, "en")
    for mid in (*sections.MIDS.values(), *sections.MIDS_WITHOUT_WORD.values()):
        assert sections.name_of_mid(mid, "tlh") == sections.name_of_mid(mid, "en") != ""


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("world", "", "WORLD"),
        ("WORLD", "de", "WORLD"),
        ("Welt", "", "WORLD"),
        ("wirtschaft", "", "BUSINESS"),
        ("ÉCONOMIE", "fr", "BUSINESS"),
        ("EKONOMİ", "tr", "BUSINESS"),
        ("スポーツ", "", "SPORTS"),
        ("Science & Technology", "en", "SCIENCE_AND_TECHNOLOGY"),
        ("science and technology", "en", "SCIENCE_AND_TECHNOLOGY"),
        ("headlines", "", "HEADLINES"),
        ("Sports", "lv", "SPORTS"),
        ("gardening", "", ""),
        ("", "", ""),
    ],
)
def test_sections_are_known_by_name_in_any_language(name, language, expected):
    assert sections.word_of_name(name, language) == expected


def test_a_name_in_the_table_finds_its_own_section():
    for word, names in sections._NAMES.items():
        for language, known in names.items():
            assert sections.word_of_name(known[0], language) == word, (language, known)
