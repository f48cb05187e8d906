"""`kb user` and `kb token`: who may work at the desk, and which programs act for them.

No password is ever typed or printed here: a one-time link lets its owner choose one."""

from __future__ import annotations

import json
import os
from datetime import datetime

import click
from rich.table import Table

from kb.accounts import ROLE_LABELS, Accounts, Scope, UserRole, user_roles
from kb.accounts.accounts import LONGEST_TOKEN
from kb.cli.shared import WORDS, console, doer, json_option, remark, settings_with_home, tell
from kb.store.accounts import AccountStore
from kb.store.database import open_database

role_option = click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in UserRole]),
    multiple=True,
    required=True,
    help="角色，可重复：editor 编辑、reviewer 审核、publisher 发布、admin 管理账户",
)
site_option = click.option(
    "--site", default="", help="网站地址，如 https://kb.example.gov.cn；默认本机"
)


@click.group()
def user() -> None:
    """账户：增加、停用、重设、列出。密码由本人通过一次性链接设置。"""


@user.command("add")
@click.argument("name", type=WORDS)
@role_option
@click.option("--shown", default="", help="显示的姓名，默认同账户名")
@site_option
def add_user(name: str, roles: tuple[str, ...], shown: str, site: str) -> None:
    """增加一个账户，给出设置密码的一次性链接（24 小时内有效）。

    例：kb user add zhang --role editor --role reviewer --shown 张审核
    """
    token = _accounts().add(name, map(UserRole, roles), shown=shown, by=doer())
    _give_link(token, site)


@user.command("reset")
@click.argument("name", type=WORDS)
@click.option("--second-factor", is_flag=True, help="同时取消二次验证（手机遗失时）")
@site_option
def reset_user(name: str, second_factor: bool, site: str) -> None:
    """作废密码和全部登录，另给一个设置密码的一次性链接。

    例：kb user reset zhang
    """
    _give_link(_accounts().reset(name, second_factor=second_factor, by=doer()), site)


@user.command("roles")
@click.argument("name", type=WORDS)
@role_option
def set_roles(name: str, roles: tuple[str, ...]) -> None:
    """改为这些角色，立即生效。

    例：kb user roles zhang --role publisher
    """
    _accounts().set_roles(name, map(UserRole, roles), by=doer())
    tell(f"{name} 的角色：{_labels(roles)}")


@user.command("disable")
@click.argument("name", type=WORDS)
def disable_user(name: str) -> None:
    """停用账户：登录、链接和令牌立即失效，记录保留。

    例：kb user disable zhang
    """
    _accounts().disable(name, by=doer())
    tell(f"已停用 {name}")


@user.command("enable")
@click.argument("name", type=WORDS)
def enable_user(name: str) -> None:
    """重新启用账户，密码不变。

    例：kb user enable zhang
    """
    _accounts().enable(name, by=doer())
    tell(f"已启用 {name}")


@user.command("list")
@json_option
def list_users(as_json: bool) -> None:
    """列出账户。

    例：kb user list
    """
    users = _accounts().users()
    if as_json:
        rows = [
            {
                "name": one.name,
                "shown": one.shown,
                "roles": sorted(one.roles),
                "disabled": one.disabled,
                "password": bool(one.password),
                "second_factor": bool(one.totp),
                "seen": one.seen.isoformat() if one.seen else None,
            }
            for one in users
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not users:
        tell("还没有账户：运行 kb user add 名字 --role admin")
        return
    table = Table("账户", "姓名", "角色", "状态", "二次验证", "最近登录", box=None)
    for one in users:
        state = "已停用" if one.disabled else "正常" if one.password else "待设密码"
        factor = "有" if one.totp else ""
        table.add_row(one.name, one.shown, _labels(one.roles), state, factor, _moment(one.seen))
    console.print(table)


@click.group()
def token() -> None:
    """接口令牌：每个接入的程序一个，可随时撤销。"""


@token.command("add")
@click.argument("name", type=WORDS)
@click.option("--for", "owner", required=True, type=WORDS, help="令牌代表谁行事（账户名）")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    required=True,
    help="范围，可重复：read 读草稿、submit 录入送审、review 审核、publish 发布",
)
@click.option("--days", type=click.IntRange(1, LONGEST_TOKEN), help="有效天数，默认撤销前一直有效")
def add_token(name: str, owner: str, scopes: tuple[str, ...], days: int | None) -> None:
    """发一个令牌；只显示这一次。

    例：kb token add 门户网站 --for zhang --scope read --scope submit --days 365
    """
    made = _accounts().add_token(name, owner, map(Scope, scopes), days=days, by=doer())
    remark("请妥善保存，以后不再显示；请求时放在 Authorization: Bearer 之后")
    click.echo(made)


@token.command("list")
@json_option
def list_tokens(as_json: bool) -> None:
    """列出令牌（不含其内容）。

    例：kb token list
    """
    tokens = _accounts().tokens()
    if as_json:
        rows = [
            {
                "name": one.name,
                "owner": one.owner,
                "scopes": sorted(one.scopes),
                "made": one.made.isoformat(),
                "used": one.used.isoformat() if one.used else None,
                "expires": one.expires.isoformat() if one.expires else None,
                "revoked": one.revoked.isoformat() if one.revoked else None,
            }
            for one in tokens
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("令牌", "代表", "范围", "发放", "最近使用", "状态", box=None)
    for one in tokens:
        ends = f"有效至 {_moment(one.expires)}" if one.expires else "有效"
        state = f"{_moment(one.revoked)} 撤销" if one.revoked else ends
        scopes = " ".join(sorted(one.scopes))
        table.add_row(one.name, one.owner, scopes, _moment(one.made), _moment(one.used), state)
    console.print(table)


@token.command("revoke")
@click.argument("name", type=WORDS)
def revoke_token(name: str) -> None:
    """撤销令牌，立即失效。

    例：kb token revoke 门户网站
    """
    _accounts().revoke(name, by=doer())
    tell(f"已撤销 {name}")


def _accounts() -> Accounts:
    return Accounts(AccountStore(open_database(settings_with_home().database_url)))


def _give_link(token: str, site: str) -> None:
    base = site.rstrip("/") or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    remark("请把链接交给本人，24 小时内有效，只能用一次：")
    click.echo(f"{base}/desk/welcome/{token}")


def _labels(roles: tuple[str, ...] | frozenset[str]) -> str:
    return "、".join(ROLE_LABELS[role] for role in UserRole if role in user_roles(roles))


def _moment(at: datetime | None) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M") if at else ""
