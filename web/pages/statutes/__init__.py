"""Pages of statutes: the list, a whole text, an article, two versions side by side."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from kb.errors import BadRequest, KnowledgeBaseError, NotFound
from kb.law.provisions import Pinpoint, Provision, place
from kb.law.statutes import WorkKind
from kb.search.request import SearchRequest
from kb.statutes import Edition, StatuteAbout
from kb.statutes.asked import asked, edition_of, near, typed_article
from web import links
from web.errors import failure
from web.knowledge import knowledge
from web.pages.search import known_pairs, readable
from web.pages.statutes import comparison, editions
from web.pages.statutes.article import cases, cite_as, marked_lines, others
from web.pages.statutes.counts import of_statute
from web.pages.statutes.glance import glance
from web.pages.statutes.shelf import shelf
from web.pages.statutes.whole import anchor, cited_places, whole

blueprint = Blueprint("statutes", __name__, url_prefix="/statutes")
KINDS = (*(kind.value for kind in WorkKind), "unknown")
TEN_MINUTES = 600


@blueprint.get("")
def index() -> str:
    words = request.args.get("q", "").strip()[:100]
    kind = request.args.get("kind", "")
    number = request.args.get("page", "1")
    typed = number.isascii() and number.isdigit() and len(number) < 7
    page = (int(number) or 1) if typed else 1
    chosen = kind if kind in KINDS else ""
    kb = knowledge()
    listed = shelf(kb, words, chosen, page)
    return render_template(
        "statutes/index.html",
        shelf=listed,
        counts=kb.statutes.counts(),
        typed=words,
        chosen=chosen,
        kinds=[kind for kind in KINDS if listed.kinds.get(kind)],
        numbers=links.page_numbers(listed.page, listed.last),
        near=near(kb.statutes, words) if words and not listed.total else [],
        links=links,
    )


@blueprint.get("/<path:address>")
def page(address: str) -> AnyResponse | str:
    """A whole statute, or one of its articles; another name of it leads to its own title."""
    book = knowledge().statutes
    try:
        provision = asked(book, address)
        if (wanted := request.args.get("article", "").strip()) and not provision.at.article:
            return _jump(provision, wanted)
        if provision.address() != address:
            return _moved(provision)
        about = book.about(provision.work)
        named = edition_of(about, provision)
        if not _has_text(about, named):
            return _known(about, named, provision.at)
        if provision.at.article is None:
            return _whole(provision)
        return _article(provision)
    except (BadRequest, NotFound) as error:
        return _missing(address, error)


@blueprint.get("/<path:address>/compare")
def compare(address: str) -> AnyResponse | str:
    """Two versions side by side; without days, the two newest whose text is here."""
    book = knowledge().statutes
    try:
        work = asked(book, address).work
        about = book.about(work)
        with_text = [edition for edition in about.editions if edition.has_text]
        if len(with_text) < 2:
            raise NotFound(gettext("《%(title)s》的全文不到两个版本，无从对照", title=about.title))
        old = _day("old") or with_text[-2].day
        new = _day("new") or with_text[-1].day
        if old == new:
            raise BadRequest("new", gettext("两个版本相同，请选择不同的版本"))
        only = request.args.get("only") == "changes"
        if work != address or old > new:
            there = links.comparison(about.title, min(old, new), max(old, new))
            return redirect(there + ("&only=changes" if only else ""))
        told = book.compare(about.title, old, new)
    except (BadRequest, NotFound) as error:
        return _missing(address, error)
    return render_template(
        "statutes/compare.html",
        about=about,
        old=editions.choice(told.old),
        new=editions.choice(told.new),
        choices=[choice for choice in editions.choices(about) if choice.href],
        blocks=comparison.blocks(told, only_changes=only),
        tally=comparison.tally(told),
        only=only,
        links=links,
    )


@blueprint.get("/<path:address>/glance")
def fragment(address: str) -> Response:
    """A provision in a few lines of HTML, for the pages to show beside a citation."""
    book = knowledge().statutes
    try:
        shown = glance(book, asked(book, address))
    except KnowledgeBaseError:
        shown = None
    response = make_response(
        render_template("statutes/glance.html", shown=shown), 200 if shown else 404
    )
    response.headers["Cache-Control"] = f"private, max-age={TEN_MINUTES}"
    return response


def _whole(provision: Provision) -> str:
    kb = knowledge()
    text = kb.statutes.text(provision.work, provision.version)
    earlier = editions.before(text.about, text.edition)
    later = editions.after(text.about, text.edition)
    return render_template(
        "statutes/whole.html",
        about=text.about,
        edition=editions.choice(text.edition),
        named=provision.version is not None,
        choices=editions.choices(text.about, text.edition),
        history=text.history,
        text=whole(kb, text),
        cases=of_statute(kb, text.about.title),
        earlier=earlier and links.comparison(text.about.title, earlier.day, text.edition.day),
        later=later and links.comparison(text.about.title, text.edition.day, later.day),
        latest=links.statute_text(text.about.title),
    )


def _article(provision: Provision) -> Response:
    kb = knowledge()
    shown = kb.statutes.article(provision)
    about, edition, at = shown.about, shown.edition, shown.provision.at
    found = readable(known_pairs())
    stem = Provision(about.title, edition.day)
    response = make_response(
        render_template(
            "statutes/article.html",
            about=about,
            edition=editions.choice(edition),
            named=provision.version is not None,
            shown=shown,
            place=place(at),
            lines=marked_lines(shown, found),
            neighbours=[_neighbour(edition, n) for n in (shown.before, shown.after)],
            stem=links.provision(Provision(about.title, edition.day, Pinpoint(at.article))),
            whole=f"{links.provision(stem)}#{anchor(shown.article.number)}",
            choices=editions.choices(about, edition),
            others=list(others(kb.statutes, about, edition, at)),
            cases=cases(kb, about.title, at, edition.day),
            cite_as=cite_as(shown),
            permalink=f"{request.host_url}statutes/{shown.provision.address()}",
            found=found,
            back=links.search(found) if found != SearchRequest() else "",
        )
    )
    response.status_code = 200 if shown.span else 404
    return response


def _neighbour(edition: Edition, number: int | str | None) -> tuple[str, str] | None:
    """What an article beside this one is called, and where it stands."""
    if number is None:
        return None
    there = Provision(edition.work, edition.day, Pinpoint(number))
    return place(there.at), links.provision(there)


def _known(about: StatuteAbout, named: Edition | None, at: Pinpoint) -> str:
    """What is known of a statute, or of one version of it, whose text is not here."""
    kb = knowledge()
    edition = named or (about.editions[-1] if about.editions else None)
    return render_template(
        "statutes/known.html",
        about=about,
        edition=editions.choice(named) if named else None,
        place=place(at),
        choices=editions.choices(about, named),
        others=list(others(kb.statutes, about, edition, at)) if edition and at.article else [],
        cases=of_statute(kb, about.title),
        place_cases=cases(kb, about.title, at, named.day if named else None)
        if at.article
        else None,
        cited=cited_places(kb, about, named),
    )


def _has_text(about: StatuteAbout, named: Edition | None) -> bool:
    return named.has_text if named else any(edition.has_text for edition in about.editions)


def _jump(provision: Provision, wanted: str) -> AnyResponse:
    """To an article of the page, as the box beside the contents asks."""
    book = knowledge().statutes
    number = typed_article(wanted)
    there = Provision(provision.work, provision.version, Pinpoint(number))
    book.article(there)  # NotFound says how many articles there are
    whole_text = links.provision(Provision(provision.work, provision.version))
    return redirect(f"{whole_text}#{anchor(number)}")


def _moved(provision: Provision) -> AnyResponse:
    query = request.query_string.decode("utf-8", "replace")
    return redirect(links.provision(provision) + (f"?{query}" if query else ""))


def _day(name: str) -> date | None:
    """A day of the query string. Raises BadRequest."""
    typed = request.args.get(name, "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadRequest(name, f"“{typed[:20]}”不是日期，应如 2024-01-01") from None


def _missing(address: str, error: BadRequest | NotFound) -> Response:
    """What is not there, and what may be meant."""
    book = knowledge().statutes
    name = address.partition("@")[0].partition("/")[0]
    work = book.registry().work(name)
    told = failure(error)
    page = render_template(
        "statutes/missing.html",
        failure=told,
        name=name,
        about=book.about(work.title) if work else None,
        choices=editions.choices(book.about(work.title)) if work else [],
        near=[] if work else near(book, name),
        links=links,
    )
    response = make_response(page, told.status)
    response.headers["Cache-Control"] = "no-store"
    return response
