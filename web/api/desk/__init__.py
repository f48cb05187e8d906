"""/api/v1/desk: the reviewers' desk for programs. A token acts for its owner, within its scopes
and the owner's roles; no session of a browser counts here, so no form elsewhere can do a thing."""

from web.api.desk import adding, drafts, refusals, steps
from web.api.desk.access import blueprint

assert adding
assert drafts
assert refusals
assert steps

__all__ = ["blueprint"]
