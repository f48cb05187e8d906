"""A desk with people at it, and browsers in which they are signed in."""

import re
import time

import pytest
from argon2 import PasswordHasher

from kb.accounts import Accounts, UserRole
from kb.accounts.secrets import Passwords
from kb.service import KnowledgeBase
from kb.settings import Settings as BaseSettings
from kb.store.accounts import AccountStore
from kb.store.database import open_database
from web.app import create_app
from web.settings import OFF, Settings

PASSWORD = "春风又绿江南岸-示例"
TEXT = """某超市不服罚款申请行政复议案（示例）

【基本案情】
2024年3月1日，申请人某超市因出售三袋过期食品，被重庆市渝中区市场监督管理局处以罚款五万元。\
店员王小明的电话为13912345678。某超市不服，向重庆市渝中区人民政府申请行政复议。

【复议办理】
复议机关认为，该违法行为轻微并及时改正，依照《中华人民共和国行政处罚法》第三十三条第一款的规定，\
处罚明显不当。2024年5月6日，复议机关决定变更原行政处罚决定。

【典型意义】
行政处罚应当做到过罚相当。
"""


class Browser:
    """A test client that fills the forms of the desk as a page would."""

    def __init__(self, app, name=""):
        self.client = app.test_client()
        if name:
            self.post("/desk/sign-in", name=name, password=PASSWORD)

    def get(self, path, **query):
        return self.client.get(path, query_string=query)

    def page(self, path, **query):
        return self.get(path, **query).get_data(as_text=True)

    def token(self):
        found = re.search('name="csrf_token" value="([^"]+)"', self.page("/desk/sign-in"))
        return found[1]

    def post(self, path, **form):
        return self.client.post(path, data={"csrf_token": self.token(), **form})

    def job(self, answer):
        """What became of a job, once it has ended, by the answer that led to it."""
        for _ in range(600):
            told = self.client.get(answer.location, headers={"Accept": "application/json"}).json
            if told["state"] == "ended":
                return told
            time.sleep(0.05)
        raise AssertionError(told)


@pytest.fixture(scope="session")
def kb(tmp_path_factory):
    """A base with an editor 张, a reviewer 李, a publisher 王 and an administrator 赵."""
    settings = BaseSettings.from_environment({"KB_HOME": str(tmp_path_factory.mktemp("desk"))})
    base = KnowledgeBase.open(settings)
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    base.accounts = Accounts(AccountStore(open_database(settings.database_url)), cheap)
    for name, role in zip("张李王赵", UserRole, strict=True):
        base.accounts.choose_password(base.accounts.add(name, [role]), PASSWORD)
    return base


@pytest.fixture(scope="session")
def desk_app(kb):
    return create_app(kb, settings=Settings(rate_limit=OFF, sign_in_rate="9999/minute"))


@pytest.fixture
def anyone(desk_app):
    return Browser(desk_app)


@pytest.fixture(scope="session")
def editor(desk_app):
    return Browser(desk_app, "张")


@pytest.fixture(scope="session")
def reviewer(desk_app):
    return Browser(desk_app, "李")


@pytest.fixture(scope="session")
def publisher(desk_app):
    return Browser(desk_app, "王")


@pytest.fixture(scope="session")
def administrator(desk_app):
    return Browser(desk_app, "赵")
