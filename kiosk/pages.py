"""The addresses of the pages that visitors touch; what they show comes to them as live views.

The app that registers `pages` provides the template variable `hall` (with `name`, `name_en`) and the template
`page.html`. An id that the hall does not have is no error here: the page asks the hub, and says so in a sentence.
"""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint(
    "visitors", __name__, template_folder="templates", static_folder="static", static_url_path="/static/kiosk"
)


@pages.get("/kiosk")
@pages.get("/kiosk/<kiosk>")
def kiosk_page(kiosk: str = "") -> str:
    """取号机. Without an id the page is the hall's first kiosk."""
    return render_template("kiosk/kiosk.html", kiosk=kiosk)


@pages.get("/pad/<window>")
def pad_page(window: str) -> str:
    """The rating tablet at a window."""
    return render_template("kiosk/pad.html", window=window)


@pages.get("/rate")
def rate_page() -> str:
    """离台评价: the tablet away from the windows; it asks for number and check digits."""
    return render_template("kiosk/rate.html")


@pages.get("/t/<token>")
def phone_page(token: str) -> str:
    """The ticket on the visitor's phone; whoever has the token has the ticket."""
    return render_template("kiosk/phone.html", token=token)
