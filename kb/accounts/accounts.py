"""The accounts: who there is, signing in, passwords, the second factor, tokens of programs."""

from __future__ import annotations

import secrets as random
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from kb.accounts import secrets
from kb.accounts.roles import PARTS, Actor, Scope, UserRole, user_roles
from kb.accounts.secrets import Passwords
from kb.errors import BadRequest, Forbidden, NotFound, SignInFailed
from kb.seal import BadSeal, Seal, is_sealed
from kb.store.accounts import AccountStore, Token, User

FAILURES_ALLOWED = 5
LOCKED = timedelta(minutes=15)
LINK_LIFE = timedelta(hours=24)
TOKEN_PREFIX = "kb_"
LONGEST_TOKEN = 3650
"""Days that a token may serve."""
COMMAND_LINE = "kb"
"""Who acts on the command line, in the audit."""
TOTP = "totp"
"""What the secrets of the second factor are sealed as."""
_WRONG = "账户名或密码不对"
_WRONG_CODE = "验证码不对，或已用过"
_LOST_SECRET = "网站的密钥已更换，验证码无法核对：请输入恢复码，或请管理员重设二次验证"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and a password that fit. code_needed: the user has a second factor, and is signed in
    only once `Accounts.check_code` has taken its code."""

    user: User
    code_needed: bool


class Accounts:
    """Safe to share between threads. now: the clock. seal: of the secrets of second factors; one
    that ends with the process where none is given."""

    def __init__(
        self,
        store: AccountStore,
        passwords: Passwords | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        seal: Seal | None = None,
    ) -> None:
        self._store, self._given, self._now = store, passwords, now
        self._seal = seal or Seal(cache(secrets.token), TOTP)

    # Who there is

    def users(self) -> list[User]:
        """Everyone, by name."""
        return self._store.users()

    def user(self, name: str) -> User:
        """Raises NotFound."""
        found = self._store.user(folded(name))
        if found is None:
            raise NotFound(f"没有账户“{name}”")
        return found

    def of_session(self, user_id: int, stamp: str) -> User | None:
        """The user of a session, None where it ended: the password was changed or reset, or the
        account disabled."""
        user = self._store.user_by_id(user_id)
        return user if user and user.stamp == stamp and not user.disabled else None

    def add(
        self, name: str, roles: Iterable[UserRole], *, shown: str = "", by: str = COMMAND_LINE
    ) -> str:
        """A new user; gives the token of the link by which they choose a password. Raises
        BadRequest for a name that cannot be one, KnowledgeBaseError for one that is taken."""
        name = checked_name(name)
        given = _some(roles)
        user = self._store.add(name, shown.strip() or name, given, _stamp(), by)
        return self._invite(user, by)

    def reset(self, name: str, *, second_factor: bool = False, by: str = COMMAND_LINE) -> str:
        """Takes a user's password away and ends their sessions; gives the token of a new link.
        second_factor: takes that away too. Raises NotFound, Forbidden for a disabled account."""
        user = self.user(name)
        if user.disabled:
            raise Forbidden(f"账户“{user.name}”已停用，请先启用")
        if second_factor:
            self._store.set_totp(user, "", (), by)
        return self._invite(user, by)

    def set_roles(self, name: str, roles: Iterable[UserRole], by: str = COMMAND_LINE) -> None:
        """Other roles, from the next request on. Raises NotFound, BadRequest for none, Forbidden
        where no administrator would be left."""
        given = _some(roles)
        self._store.set_roles(self.user(name), given, by, keep=UserRole.ADMIN)

    def disable(self, name: str, by: str = COMMAND_LINE) -> None:
        """Ends the sessions, links and tokens of a user at once. Raises NotFound, and Forbidden
        where no administrator would be left."""
        self._store.set_disabled(self.user(name), True, _stamp(), by, keep=UserRole.ADMIN)

    def enable(self, name: str, by: str = COMMAND_LINE) -> None:
        """Raises NotFound."""
        self._store.set_disabled(self.user(name), False, _stamp(), by, keep=UserRole.ADMIN)

    # One-time links

    def invited(self, token: str) -> User:
        """Whose link it is. Raises NotFound where it was used, is too old or never was one."""
        user = self._store.invited(secrets.digest(token), self._now())
        if user is None:
            raise NotFound("这个链接已经用过或已失效，请向管理员另要一个")
        return user

    def choose_password(self, token: str, password: str) -> User:
        """Uses a link up; the user may sign in from now on. Raises NotFound, BadRequest."""
        secrets.check_password(password, self.invited(token).name)
        kept = self._passwords.hash(password)
        user = self._store.redeem(secrets.digest(token), self._now(), kept, _stamp())
        if user is None:
            raise NotFound("这个链接已经用过或已失效，请向管理员另要一个")
        self._store.succeeded(_key(user.name))
        return self.user(user.name)

    # Signing in

    def sign_in(self, name: str, password: str) -> SignIn:
        """Raises SignInFailed, in the same words and after the same time whether there is such a
        user or not; after FAILURES_ALLOWED failures under a name, for LOCKED."""
        folded_name = folded(name)
        failed = self._count(folded_name)
        user = self._store.user(folded_name)
        fits = self._passwords.fits(user.password if user else "", password[: secrets.LONGEST + 1])
        if user is None or not fits or user.disabled:
            if user and failed == FAILURES_ALLOWED:
                self._store.locked(user)
            raise SignInFailed(_WRONG)
        if user.totp:
            return SignIn(user, code_needed=True)
        self._store.succeeded(_key(user.name))
        self._store.seen(user, self._passwords.better(user.password, password))
        return SignIn(user, code_needed=False)

    def check_code(self, user_id: int, stamp: str, code: str) -> User:
        """The second step: a code of TOTP, or a recovery code. stamp: of the user whom `sign_in`
        gave. Raises SignInFailed."""
        user = self.of_session(user_id, stamp)
        if user is None or not user.totp:
            raise SignInFailed("请重新登录")
        self._count(user.name)
        secret = self._secret(user)
        step = secrets.totp_step(secret, code, self._now()) if secret else None
        if step is not None:
            fits = self._store.use_step(user, step)
        else:
            fits = self._store.use_recovery(user, secrets.recovery_digest(code))
        if not fits:
            raise SignInFailed(_WRONG_CODE if secret else _LOST_SECRET)
        self._store.succeeded(_key(user.name))
        self._store.seen(user)
        return user

    def change_password(self, user: User, old: str, new: str) -> User:
        """Ends the user's sessions; gives the user with the stamp for a new one. Raises
        SignInFailed where the old one does not fit, BadRequest for a weak new one."""
        self._count(user.name)
        if not self._passwords.fits(user.password, old):
            raise SignInFailed("原密码不对")
        self._store.succeeded(_key(user.name))
        secrets.check_password(new, user.name)
        self._store.set_password(user, self._passwords.hash(new), _stamp(), user.name)
        return self.user(user.name)

    def sign_out_everywhere(self, user: User) -> None:
        """Ends every session of a user."""
        self._store.set_stamp(user, _stamp())

    # The second factor

    def new_totp(self, user: User) -> tuple[str, str]:
        """A secret to be confirmed, and the otpauth:// address for its QR code."""
        secret = secrets.totp_secret()
        return secret, secrets.totp_address(secret, user.name)

    def confirm_totp(self, user: User, secret: str, code: str) -> list[str]:
        """Turns the second factor on, once a code shows that the authenticator has the secret;
        gives the recovery codes, which are shown this once. Raises SignInFailed, and Forbidden
        where it is on already: another secret takes the password first, see `drop_totp`."""
        if self.user(user.name).totp:
            raise Forbidden("二次验证已经开启：换手机请先关闭，再重新开启")
        if secrets.totp_step(secret, code, self._now()) is None:
            raise SignInFailed("验证码不对：请核对手机的时间后再试")
        codes = secrets.recovery_codes()
        kept = map(secrets.recovery_digest, codes)
        self._store.set_totp(user, self._seal.close(secret), kept, user.name)
        return codes

    def drop_totp(self, user: User, password: str) -> None:
        """Turns it off. Raises SignInFailed where the password does not fit."""
        self._count(user.name)
        if not self._passwords.fits(user.password, password):
            raise SignInFailed("密码不对")
        self._store.succeeded(_key(user.name))
        self._store.set_totp(user, "", (), user.name)

    def recovery_left(self, user: User) -> int:
        """How many recovery codes are unused."""
        return self._store.recovery_left(user)

    def seal_secrets(self) -> None:
        """Seals the secrets that an earlier program left open."""
        for user in self._store.users():
            if user.totp and not is_sealed(user.totp):
                self._store.seal_totp(user, self._seal.close(user.totp))

    # Tokens of programs

    def add_token(
        self,
        name: str,
        owner: str,
        scopes: Iterable[Scope],
        *,
        days: int | None = None,
        by: str = COMMAND_LINE,
    ) -> str:
        """A token by which a program acts for its owner; gives it, this once. days: how long it
        serves, None: until it is revoked. Raises NotFound, BadRequest, and KnowledgeBaseError for
        a name that is taken."""
        given = frozenset(scopes)
        if not given:
            raise BadRequest("scopes", "至少要有一个范围：read、submit、review 或 publish")
        if days is not None and not 1 <= days <= LONGEST_TOKEN:
            raise BadRequest("days", f"有效期应为 1 到 {LONGEST_TOKEN} 天")
        expires = None if days is None else self._now() + timedelta(days=days)
        token = TOKEN_PREFIX + secrets.token()
        self._store.add_token(
            checked_name(name), self.user(owner), secrets.digest(token), given, expires, by
        )
        return token

    def tokens(self) -> list[Token]:
        """All tokens, revoked ones too."""
        return self._store.tokens()

    def revoke(self, name: str, by: str = COMMAND_LINE) -> None:
        """Ends a token for good. Raises NotFound."""
        self._store.revoke(folded(name), by)

    def token_actor(self, token: str, *scopes: Scope) -> Actor:
        """Who acts by this token, with no more roles than its scopes and its owner have. Raises
        SignInFailed for no token that serves, Forbidden where it lacks one of these scopes, or its
        owner has no part in the cases."""
        found = self._store.token(secrets.digest(token), self._now())
        owner = self._store.user_by_id(found.user_id) if found else None
        if found is None or owner is None:
            raise SignInFailed("令牌无效、已到期或已撤销")
        for scope in scopes:
            if scope not in found.scopes:
                raise Forbidden(f"令牌“{found.name}”没有“{scope.value}”范围")
        roles = user_roles(owner.roles)
        if roles.isdisjoint(PARTS.values()):
            raise Forbidden("令牌所代表的账户没有“编辑”“审核”或“发布”角色")
        lent = frozenset(part for of, part in PARTS.items() if of in found.scopes)
        return Actor(owner.name, lent & roles, found.name)

    def _invite(self, user: User, by: str) -> str:
        token = secrets.token()
        expires = self._now() + LINK_LIFE
        self._store.invite(user, secrets.digest(token), expires, _stamp(), by)
        return token

    def _count(self, name: str) -> int:
        """Raises SignInFailed where there were too many failures, else counts one more and gives
        the number."""
        now = self._now()
        failed, until = self._store.attempt(_key(name), now, FAILURES_ALLOWED, LOCKED)
        if until:
            minutes = int((until - now).total_seconds() // 60) + 1
            raise SignInFailed(f"失败次数过多，请 {minutes} 分钟后再试", until)
        return failed

    def _secret(self, user: User) -> str:
        """The secret of the second factor, "" where the key it was sealed with is gone."""
        try:
            return self._seal.open(user.totp) if is_sealed(user.totp) else user.totp
        except BadSeal:
            return ""

    @property
    def _passwords(self) -> Passwords:
        if self._given is None:  # made when first needed: it takes as long as a sign-in
            self._given = Passwords()
        return self._given


def actor(user: User) -> Actor:
    """A user as one who acts."""
    return Actor(user.name, user_roles(user.roles))


def folded(name: str) -> str:
    """A name as it is kept and compared: width and case are one, white space around it is gone."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def checked_name(name: str) -> str:
    """The name folded. Raises BadRequest for what cannot be one."""
    kept = folded(name)
    if not 1 <= len(kept) <= 40 or any(not (s.isalnum() or s in "._-@") for s in kept):
        raise BadRequest("name", f"“{name[:40]}”不能作账户名：限 1 到 40 个文字、数字或 . _ - @")
    if kept in ("import", COMMAND_LINE):
        raise BadRequest("name", f"“{kept}”留作他用，请另取一个")
    return kept


def _some(roles: Iterable[UserRole]) -> frozenset[UserRole]:
    given = frozenset(roles)
    if not given:
        raise BadRequest("roles", "至少要有一个角色：编辑、审核、发布或管理")
    return given


def _key(name: str) -> str:
    return secrets.digest(f"sign-in {name}")


def _stamp() -> str:
    return random.token_hex(16)
