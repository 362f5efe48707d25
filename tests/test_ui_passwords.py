"""What is kept of a password, and the file of people."""

import hashlib
import os
import stat
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import auth_file
from ui.auth_file import People, load, name_of, remove_person, set_person
from ui.errors import AuthError
from ui.passwords import Kept, keep, matches, parse

SALT = b"0123456789abcdef"


def cheap(password: str) -> Kept:
    """Parameters with which a test does not wait."""
    key = hashlib.scrypt(password.encode(), salt=SALT, n=16, r=1, p=1, dklen=32)
    return Kept(n=16, r=1, p=1, salt=SALT, key=key)


def test_a_password_is_kept_with_a_salt_of_its_own_and_read_back() -> None:
    one, other = keep("正确的 密码"), keep("正确的 密码")
    assert str(one) != str(other) and "密码" not in str(one)
    assert str(one).startswith("scrypt$n=32768,r=8,p=3$") and parse(str(one)) == one
    assert matches("正确的 密码", one) and not matches("正确的密码", one) and not matches("", one)


def test_full_width_and_composed_letters_are_the_same_password() -> None:
    kept = cheap("pass123é")
    assert matches("ｐａｓｓ１２３é", kept) and matches("pass123e\u0301", kept)
    assert not matches("pass123e", kept) and not matches("\ud800", kept)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "secret",
        "scrypt$",
        "scrypt$n=15,r=8,p=1${salt}${key}",
        "scrypt$n=0,r=8,p=1${salt}${key}",
        "scrypt$n=16,r=0,p=1${salt}${key}",
        "scrypt$n=16,r=8,p=0${salt}${key}",
        "scrypt$n=16777216,r=8,p=1${salt}${key}",  # 16 GB
        "scrypt$n=16,r=8,p=999${salt}${key}",
        "scrypt$n=１６,r=8,p=1${salt}${key}",
        "scrypt$n=16,r=8,p=1$$",
        "scrypt$n=16,r=8,p=1${salt}$AAA",
        "scrypt$n=16,r=8,p=1${salt}A${key}",  # no base64: its length
        "scrypt$n=16,r=8,p=1${salt}${key} ",
        "bcrypt$n=16,r=8,p=1${salt}${key}",
    ],
)
def test_what_is_of_another_form_is_nothing(line: str) -> None:
    salt, key = b64encode(SALT).decode(), b64encode(b"k" * 32).decode()
    assert parse(f"scrypt$n=16,r=8,p=1${salt}${key}")
    assert parse(line.replace("{salt}", salt).replace("{key}", key)) is None


@given(st.text(max_size=80))
def test_any_text_is_a_name_or_none_and_never_breaks_a_line(text: str) -> None:
    name = name_of(text)
    assert name is None or (name_of(name) == name and not set(name) & set(": #$\n\r\t\u2028"))


@pytest.mark.parametrize("name", ["张三", "li.si", "wang-wu@example.org", "a", "01", "欧阳_修", "é" * 64])
def test_names(name: str) -> None:
    assert name_of(name) == name


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a:b", "#a", "-a", ".a", "a" * 65, "a\nb", "<b>", "a/b", "\ud800", "😀"]
)
def test_no_names(name: str) -> None:
    assert name_of(name) is None


def test_a_person_is_added_changed_and_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "people"
    assert set_person(path, "张三", cheap("one")) == (False, 1)
    assert set_person(path, "李四", cheap("two")) == (False, 2)
    path.write_text(f"# 我们\n\n{path.read_text('utf-8')}", "utf-8")
    assert set_person(path, "张三", cheap("three")) == (True, 2)
    assert path.read_text("utf-8").splitlines() == ["# 我们", "", f"张三:{cheap('three')}", f"李四:{cheap('two')}"]
    assert load(path) == {"张三": cheap("three"), "李四": cheap("two")}
    assert remove_person(path, "张三") == 1 and list(load(path)) == ["李四"]
    with pytest.raises(AuthError, match="nobody"):
        remove_person(path, "张三")
    assert remove_person(path, "李四") == 0
    with pytest.raises(AuthError, match="empty"):
        load(path)
    assert [each.name for each in tmp_path.iterdir()] == ["people"]


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_the_file_is_for_its_owner_alone_and_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "people", tmp_path / "link"
    path.touch()
    path.chmod(0o644)
    link.symlink_to(path)
    assert auth_file.is_open(path)
    set_person(link, "张三", cheap("one"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and not auth_file.is_open(link) and link.is_symlink()


@pytest.mark.parametrize(
    ("content", "key", "facts"),
    [
        (None, "missing", {}),
        (b"", "empty", {}),
        (b"# nobody\n\n", "empty", {}),
        (b"a:secret\n", "malformed", {"line": 1}),
        (f"a:{cheap('x')}\n\nb\n".encode(), "malformed", {"line": 3}),
        (f"a b:{cheap('x')}\n".encode(), "malformed", {"line": 1}),
        (f"a:{cheap('x')}\na:{cheap('y')}\n".encode(), "twice", {"line": 2, "name": "a"}),
        (b"\xff\xfe\x00a", "not_text", {}),
        (b"#" * (auth_file.LARGEST + 1), "too_large", {}),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    tmp_path: Path, content: bytes | None, key: str, facts: dict[str, object]
) -> None:
    path = tmp_path / "people"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AuthError) as caught:
        load(path)
    assert caught.value.key == key and facts.items() <= caught.value.facts.items()
    if key in ("malformed", "twice", "not_text", "too_large"):  # never overwritten
        with pytest.raises(AuthError, match=key):
            set_person(path, "张三", cheap("x"))
        assert path.read_bytes() == content


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(AuthError, match="unreadable"):
        load(tmp_path)
    with pytest.raises(AuthError, match="unwritable"):
        set_person(tmp_path / "no" / "people", "张三", cheap("x"))


def test_people_are_as_the_file_is_now_and_nobody_while_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "people"
    set_person(path, "张三", cheap("one"))
    told: list[str] = []
    people = People(path, lambda problem: told.append(problem.key))
    assert list(people.now()) == ["张三"]
    set_person(path, "李四", cheap("two"))
    assert list(people.now()) == ["张三", "李四"]
    good = path.read_bytes()
    path.write_bytes(good + b"x\n")
    assert not people.now() and not people.now() and told == ["malformed"]
    path.write_bytes(good)
    assert len(people.now()) == 2
    path.unlink()
    assert not people.now() and told == ["malformed", "missing"]
