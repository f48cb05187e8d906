"""Signing in, being locked out, links, second factors, tokens."""

import threading
from contextlib import closing

import pyotp
import pytest
from sqlalchemy import text

from kb.accounts import TOTP, Accounts, Scope, UserRole, actor
from kb.errors import BadRequest, Forbidden, KnowledgeBaseError, NotFound, SignInFailed
from kb.seal import Seal
from kb.store import Repository
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from tests.kb.accounts.conftest import PASSWORD


def refused(attempt):
    with pytest.raises(SignInFailed) as caught:
        attempt()
    return caught.value


def everything_in(database):
    with database.read() as connection:
        tables = ("desk_user", "welcome", "recovery", "attempt", "token", "audit")
        return str([connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables])


def test_there_is_no_account_to_begin_with(accounts):
    assert accounts.users() == []
    refused(lambda: accounts.sign_in("admin", "admin"))


def test_a_user_signs_in_under_any_spelling_of_the_name(accounts, zhang):
    signed_in = accounts.sign_in(" Ｚhang ", PASSWORD)
    assert (signed_in.user.id, signed_in.code_needed) == (zhang.id, False)
    assert accounts.user("ZHANG").seen is not None


@pytest.mark.usefixtures("zhang")
def test_what_fails_fails_in_the_same_words(accounts):
    accounts.add("li", [UserRole.REVIEWER])
    accounts.choose_password(accounts.add("wang", [UserRole.REVIEWER]), PASSWORD)
    accounts.disable("wang")
    tries = [("zhang", "错的密码错的密码"), ("nobody", PASSWORD), ("li", ""), ("wang", PASSWORD)]
    assert len({str(refused(lambda t=t: accounts.sign_in(*t))) for t in tries}) == 1


@pytest.mark.parametrize("name", ["zhang", "nobody"])
@pytest.mark.usefixtures("zhang")
def test_too_many_failures_lock_a_name_out_whether_anyone_bears_it(accounts, clock, name):
    for _ in range(5):
        assert refused(lambda: accounts.sign_in(name, "不对")).until is None
    locked = refused(lambda: accounts.sign_in(name, PASSWORD))
    assert "15 分钟后" in str(locked) or "16 分钟后" in str(locked)
    clock.pass_(minutes=14)
    assert refused(lambda: accounts.sign_in(name, PASSWORD)).until == locked.until
    clock.pass_(minutes=1, seconds=1)
    assert refused(lambda: accounts.sign_in(name, "不对")).until is None
    if name == "zhang":
        assert accounts.sign_in(name, PASSWORD).user.name == "zhang"


@pytest.mark.usefixtures("zhang")
def test_a_name_is_locked_out_of_every_worker(accounts, database, clock, passwords):
    """Limits of an address are counted by each process; a name's failures by the database."""
    url = database.engine.url.render_as_string(hide_password=False)
    with closing(open_database(url)) as others:
        other = Accounts(AccountStore(others), passwords, clock)
        for worker in (accounts, other, other, accounts, other):
            assert refused(lambda w=worker: w.sign_in("zhang", "不对")).until is None
        for worker in (accounts, other):
            assert refused(lambda w=worker: w.sign_in("zhang", PASSWORD)).until is not None


def test_success_forgets_failures(accounts, zhang):
    for _ in range(3):
        for _ in range(4):
            refused(lambda: accounts.sign_in("zhang", "不对"))
        assert accounts.sign_in("zhang", PASSWORD).user.id == zhang.id


@pytest.mark.usefixtures("zhang")
def test_guesses_at_once_count_one_by_one(accounts):
    ends = []

    def guess():
        ends.append(refused(lambda: accounts.sign_in("zhang", "不对")).until is None)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(ends) == 5


def test_a_link_serves_once_and_for_a_day(accounts, clock):
    token = accounts.add("zhang", [UserRole.EDITOR])
    assert accounts.invited(token).name == "zhang"
    with pytest.raises(BadRequest, match="至少"):
        accounts.choose_password(token, "短")
    accounts.choose_password(token, PASSWORD)
    with pytest.raises(NotFound, match="已失效"):
        accounts.choose_password(token, PASSWORD)
    late = accounts.reset("zhang")
    clock.pass_(hours=24)
    with pytest.raises(NotFound):
        accounts.invited(late)


def test_a_new_link_ends_the_old_one_and_the_password(accounts, zhang):
    first = accounts.reset("zhang")
    second = accounts.reset("zhang")
    with pytest.raises(NotFound):
        accounts.invited(first)
    assert accounts.invited(second).id == zhang.id
    refused(lambda: accounts.sign_in("zhang", PASSWORD))


@pytest.mark.parametrize(
    "password", ["短", "一" * 201, "1234567890", "aaaaaaaaaaaa", "zhang-zhang-1"]
)
def test_a_password_that_is_easily_guessed_is_refused(accounts, password):
    token = accounts.add("zhang", [UserRole.EDITOR])
    with pytest.raises(BadRequest):
        accounts.choose_password(token, password)


def test_sessions_end_with_password_reset_disabling_and_on_demand(accounts, zhang):
    assert accounts.of_session(zhang.id, zhang.stamp).id == zhang.id
    changed = accounts.change_password(zhang, PASSWORD, PASSWORD + "新")
    assert accounts.of_session(zhang.id, zhang.stamp) is None
    assert accounts.of_session(zhang.id, changed.stamp).id == zhang.id
    accounts.sign_out_everywhere(changed)
    assert accounts.of_session(zhang.id, changed.stamp) is None
    now = accounts.user("zhang")
    accounts.disable("zhang")
    assert accounts.of_session(zhang.id, now.stamp) is None
    accounts.enable("zhang")
    assert accounts.of_session(zhang.id, now.stamp) is None
    assert accounts.sign_in("zhang", PASSWORD + "新").user.id == zhang.id


def test_changing_a_password_takes_the_old_one_and_locks_too(accounts, zhang):
    for _ in range(5):
        assert "原密码" in str(refused(lambda: accounts.change_password(zhang, "不对", PASSWORD)))
    assert refused(lambda: accounts.change_password(zhang, PASSWORD, PASSWORD)).until


def test_a_second_factor_takes_each_code_once(accounts, clock, zhang):
    secret, address = accounts.new_totp(zhang)
    assert address.startswith("otpauth://totp/")
    refused(lambda: accounts.confirm_totp(zhang, secret, "000000"))
    codes = accounts.confirm_totp(zhang, secret, pyotp.TOTP(secret).at(clock.at))
    assert len(set(codes)) == accounts.recovery_left(zhang) == 10
    signed_in = accounts.sign_in("zhang", PASSWORD)
    assert signed_in.code_needed
    session = (signed_in.user.id, signed_in.user.stamp)
    code = pyotp.TOTP(secret).at(clock.at)
    assert accounts.check_code(*session, code).name == "zhang"
    refused(lambda: accounts.check_code(*session, code))
    clock.pass_(seconds=30)
    late = pyotp.TOTP(secret).at(clock.at)
    clock.pass_(seconds=30)
    assert accounts.check_code(*session, f" {late[:3]} {late[3:]}").name == "zhang"
    assert accounts.check_code(*session, codes[0].upper().replace("-", " ")).name == "zhang"
    refused(lambda: accounts.check_code(*session, codes[0]))
    assert accounts.recovery_left(zhang) == 9


def test_codes_cannot_be_guessed_by_signing_in_again_and_again(accounts, clock, zhang):
    secret, _ = accounts.new_totp(zhang)
    accounts.confirm_totp(zhang, secret, pyotp.TOTP(secret).at(clock.at))
    user = accounts.sign_in("zhang", PASSWORD).user
    until = None
    for _ in range(5):
        until = refused(lambda: accounts.check_code(user.id, user.stamp, "1")).until or until
    assert refused(lambda: accounts.sign_in("zhang", PASSWORD)).until


def test_a_lost_second_factor_is_taken_away_with_the_password(accounts, clock, zhang):
    secret, _ = accounts.new_totp(zhang)
    accounts.confirm_totp(zhang, secret, pyotp.TOTP(secret).at(clock.at))
    accounts.choose_password(accounts.reset("zhang"), PASSWORD)
    assert accounts.sign_in("zhang", PASSWORD).code_needed
    accounts.choose_password(accounts.reset("zhang", second_factor=True), PASSWORD)
    assert not accounts.sign_in("zhang", PASSWORD).code_needed


def test_a_token_acts_for_its_owner_within_its_scopes(accounts, clock):
    accounts.add("zhang", [UserRole.EDITOR, UserRole.REVIEWER])
    token = accounts.add_token("门户", "zhang", [Scope.READ, Scope.SUBMIT, Scope.PUBLISH])
    acts = accounts.token_actor(token, Scope.SUBMIT)
    assert (acts.name, acts.who, acts.roles) == ("zhang", "zhang/门户", {UserRole.EDITOR})
    with pytest.raises(Forbidden, match="review"):
        accounts.token_actor(token, Scope.REVIEW)
    assert accounts.tokens()[0].used == clock.at
    accounts.disable("zhang")
    refused(lambda: accounts.token_actor(token, Scope.READ))
    accounts.enable("zhang")
    accounts.revoke("门户")
    refused(lambda: accounts.token_actor(token, Scope.READ))
    refused(lambda: accounts.token_actor("kb_x", Scope.READ))
    with pytest.raises(NotFound):
        accounts.revoke("门户")


def test_names_that_cannot_be_or_are_taken_are_refused(accounts, zhang):
    for name in ("", "a b", "a/b", "import", "x" * 41):
        with pytest.raises(BadRequest):
            accounts.add(name, [UserRole.EDITOR])
    with pytest.raises(BadRequest, match="角色"):
        accounts.add("li", [])
    with pytest.raises(KnowledgeBaseError, match="已有"):
        accounts.add("ZHANG", [UserRole.EDITOR])
    assert actor(zhang).roles == {UserRole.EDITOR}


def test_nothing_secret_is_kept_or_told(accounts, clock, database, zhang):
    link = accounts.reset("zhang")
    token = accounts.add_token("门户", "zhang", [Scope.READ])
    secret, _ = accounts.new_totp(zhang)
    codes = accounts.confirm_totp(zhang, secret, pyotp.TOTP(secret).at(clock.at))
    kept = everything_in(database)
    for hidden in (PASSWORD, link, token, *codes):
        assert hidden not in kept
    assert secret not in kept
    shown = repr(accounts.user("zhang"))
    assert secret not in shown
    assert "argon2" not in shown


def test_what_is_done_to_accounts_is_in_the_audit(accounts, database, zhang):
    accounts.set_roles("zhang", [UserRole.PUBLISHER], by="管")
    for _ in range(6):
        refused(lambda: accounts.sign_in("zhang", "不对"))
    store = Repository(database)
    told = [(e.who, e.detail) for e in store.audit() if e.action == "user"]
    assert (
        "管",
        '{"did": "roles", "from": ["editor"], "to": ["publisher"], "user": "zhang"}',
    ) in told
    assert told[-1] == ("zhang", '{"did": "locked", "user": "zhang"}')
    assert zhang.name == "zhang"
    assert store.verify_audit().broken == ()


def test_a_secret_that_stood_open_is_sealed_and_serves(accounts, clock, database, zhang):
    secret, _ = accounts.new_totp(zhang)
    AccountStore(database).set_totp(zhang, secret, (), "zhang")
    assert secret in everything_in(database)
    accounts.seal_secrets()
    assert secret not in everything_in(database)
    user = accounts.sign_in("zhang", PASSWORD).user
    code = pyotp.TOTP(secret).at(clock.at)
    assert accounts.check_code(user.id, user.stamp, code).name == "zhang"


def test_with_another_key_no_code_fits_but_a_recovery_code_does(
    accounts, clock, database, passwords, zhang
):
    secret, _ = accounts.new_totp(zhang)
    codes = accounts.confirm_totp(zhang, secret, pyotp.TOTP(secret).at(clock.at))
    other = Accounts(AccountStore(database), passwords, clock, seal=Seal(lambda: "另一把", TOTP))
    user = other.sign_in("zhang", PASSWORD).user
    assert "密钥已更换" in str(
        refused(lambda: other.check_code(user.id, user.stamp, pyotp.TOTP(secret).at(clock.at)))
    )
    assert other.check_code(user.id, user.stamp, codes[0]).name == "zhang"


def test_the_last_administrator_cannot_be_taken_away(accounts):
    accounts.choose_password(accounts.add("chief", [UserRole.ADMIN]), PASSWORD)
    accounts.add("new", [UserRole.ADMIN])  # who cannot sign in yet
    for change in (
        lambda: accounts.disable("chief"),
        lambda: accounts.set_roles("chief", [UserRole.EDITOR]),
    ):
        with pytest.raises(Forbidden, match="最后一个"):
            change()
    assert accounts.user("chief").roles == {"admin"}
    with pytest.raises(BadRequest):
        accounts.set_roles("chief", [])
    accounts.choose_password(accounts.reset("new"), PASSWORD)
    accounts.disable("chief")
    assert accounts.user("chief").disabled


def test_a_token_ends_by_its_day(accounts, clock):
    accounts.add("zhang", [UserRole.EDITOR])
    token = accounts.add_token("门户", "zhang", [Scope.READ], days=2)
    assert accounts.token_actor(token, Scope.READ).name == "zhang"
    clock.pass_(days=2)
    assert "到期" in str(refused(lambda: accounts.token_actor(token, Scope.READ)))
    with pytest.raises(BadRequest):
        accounts.add_token("门户二", "zhang", [Scope.READ], days=0)
