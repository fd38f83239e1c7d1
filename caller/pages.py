"""The clerk's desk, the reception and the start page of the demo."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request

from hall.plan import Plan


def desks(
    plan: Plan,
    *,
    demo: bool = False,
    token: Callable[[str], str] = lambda window: "",
    reception_token: Callable[[], str] = lambda: "",
    slips_token: Callable[[], str] = lambda: "",
) -> Blueprint:
    """`/` (links; in the demo the virtual hardware too), `/desk?window=W` (without one: the windows), `/reception`,
    `/slips` (how slips look), `/devices` (how the hardware is).

    `token(window)` is a clerk's token to put into the page, `reception_token()` reception's, `slips_token()` a
    supervisor's (for `/devices` too), for the demo only; "" lets the page ask for the one made by `hall token`. An
    unknown window is a 404 whose description is a sentence. Scripts lie in /static/caller/ of the app's own static
    folder.
    """
    pages = Blueprint("desks", __name__)
    windows = [{"window": w.id, "name": w.name, "zone": plan.zone[w.zone].letter} for w in plan.windows]

    @pages.get("/")
    def start() -> str:
        zones = [{"id": z.id, "letter": z.letter, "name": z.name} for z in plan.zones]
        kiosks = [{"kiosk": k.id, "name": k.name, "printer": k.printer} for k in plan.kiosks]
        links = {"zones": zones, "windows": windows, "kiosks": kiosks}
        return render_template("caller/start.html", hall=plan, demo=demo, links=links)

    @pages.get("/desk")
    def desk() -> str:
        window = request.args.get("window", "")
        if window and window not in plan.window:
            abort(404, f"没有 {window} 号窗口。")
        given = token(window) if demo and window else ""
        return render_template("caller/desk.html", hall=plan, demo=demo, window=window, windows=windows, token=given)

    @pages.get("/reception")
    def reception() -> str:
        return render_template("caller/reception.html", hall=plan, demo=demo, token=reception_token() if demo else "")

    @pages.get("/slips")
    def slips() -> str:
        lang, given = "en" if request.args.get("lang") == "en" else "zh-CN", slips_token() if demo else ""
        return render_template("caller/slips.html", hall=plan, lang=lang, demo=demo, token=given)

    @pages.get("/devices")
    def devices() -> str:
        return render_template("caller/devices.html", hall=plan, demo=demo, token=slips_token() if demo else "")

    return pages
