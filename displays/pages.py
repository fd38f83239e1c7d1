"""The pages that visitors look up at: the panel of a zone or of the hall, and the screen above a window."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from hall.plan import Plan

WHOLE_HALL = "hall"


def screens(plan: Plan, *, demo: bool = False) -> Blueprint:
    """`/panel` and `/panel/hall` (every zone), `/panel/ZONE`, `/window/W`; scripts and sheets at /static/displays/.

    Unknown zones and windows are a 404 whose description is a sentence for whoever typed the address. `?lang=en`
    draws in English; `?sound=off` is for a panel that has no loudspeaker. The templates extend the app's page.html.
    """
    pages = Blueprint(
        "displays", __name__, template_folder="templates", static_folder="static", static_url_path="/static/displays"
    )

    def draw(template: str, **own: str) -> str:
        lang = "en" if request.args.get("lang") == "en" else "zh-CN"
        return render_template(template, hall=plan, lang=lang, demo=demo, **own)

    @pages.get("/panel")
    @pages.get("/panel/<zone>")
    def panel(zone: str = WHOLE_HALL) -> str:
        if zone != WHOLE_HALL and zone not in plan.zone:
            abort(404, f"没有服务区 {zone}。有：{'、'.join(plan.zone)}")
        sound = "off" if request.args.get("sound") == "off" else "on"
        title = plan.zone[zone].name if zone in plan.zone else "综合屏"
        return draw("displays/panel.html", zone=zone, sound=sound, title=title)

    @pages.get("/window/<window>")
    def window(window: str) -> str:
        if window not in plan.window:
            abort(404, f"没有 {window} 号窗口。")
        return draw("displays/window.html", window=window, title=f"{plan.window[window].name} 号窗口")

    return pages
