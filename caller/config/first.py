"""`hall init`: a hall_config.yaml to start from, commented, of the size that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice, product

from caller.config import first_buses, first_floors, first_people
from caller.config.values import LETTERS

MOST_WINDOWS = 999
"""Window numbers are spoken up to 999."""
MOST_SERVICES = 9999
MOST_CLERKS = 8999

# Yantai's ten window zones, in its own order; halls with more zones have zones of departments.
ZONES = (
    ("综合政务", "General affairs"),
    ("综合警务", "Police affairs"),
    ("公积金", "Housing fund"),
    ("交通", "Transport"),
    ("社保就业", "Social security and employment"),
    ("医保", "Medical insurance"),
    ("税务", "Taxes"),
    ("公用事业", "Utilities"),
    ("便民服务", "Citizens' services"),
    ("集中年检", "Annual inspection"),
)

# For each of those zones what people come for; more services are what people come for about the same.
SERVICES = (
    (
        ("企业设立登记", "Registering a company"),
        ("企业变更登记", "Changing a registration"),
        ("食品经营许可", "Food licence"),
    ),
    (("身份证办理", "Identity card"), ("户口登记", "Household registration"), ("出入境证件", "Travel documents")),
    (("公积金提取", "Housing fund withdrawal"), ("公积金贷款", "Housing fund loan"), ("公积金转移", "Fund transfer")),
    (
        ("道路运输许可", "Road transport permit"),
        ("驾驶证换证", "Driving licence"),
        ("车辆登记", "Vehicle registration"),
    ),
    (("社保参保登记", "Joining social insurance"), ("社保卡补换", "Social security card"), ("退休申请", "Pension")),
    (
        ("异地就医备案", "Treatment elsewhere"),
        ("医疗费用报销", "Medical costs"),
        ("生育津贴申领", "Maternity allowance"),
    ),
    (("发票申领", "Invoices"), ("个人所得税申报", "Income tax"), ("契税申报", "Deed tax")),
    (("水电气开户", "Water, power and gas"), ("供暖业务", "Heating"), ("有线电视业务", "Cable television")),
    (("不动产查询", "Property records"), ("公证业务", "Notary"), ("法律援助", "Legal aid")),
    (("营业执照年报", "Annual report"), ("车辆年检", "Vehicle inspection"), ("许可证年审", "Permit review")),
)
ABOUT = (
    ("", ""),
    ("咨询", "advice"),
    ("补正材料", "more papers"),
    ("进度查询", "progress"),
    ("领取结果", "the result"),
)

FOR_ITSELF = "办理"
"""The group of what is not about something else: the thing itself."""


class TooBig(ValueError):
    """No such hall can be written; str() is a sentence."""


def init_text(zones: int, windows: int, services: int, clerks: int = 0, buses: int = 0) -> str:
    """A config that `load` accepts: so many zones, windows, services and clerks, one kiosk with a virtual printer.

    Windows and services are spread evenly over the zones; each zone has one queue. With `buses` every window has a
    keypad, an evaluator and a bar on one of so many virtual lines. Raises TooBig.

    >>> print(init_text(1, 2, 4).splitlines()[0])
    # hall_config.yaml: 1 zone, 2 windows, 4 services. Made by `hall init`; change it freely.
    """
    _refuse(zones, windows, services, clerks)
    if buses and not first_buses.fewest(windows) <= buses <= windows:
        most = first_buses.WINDOWS_ON_A_BUS
        raise TooBig(
            f"{buses} buses: {windows} windows need {first_buses.fewest(windows)} to {windows}: "
            f"one byte of address is enough for {most} windows with a keypad and an evaluator each."
        )
    served = list(_served(zones, windows))
    parts = (
        _head(zones, windows, services),
        _zones(zones),
        _queues(zones),
        first_people.departments(zones, services),
        _services(zones, services),
        first_people.clerks(clerks, [queues for _, queues in served]),
        _windows(served, clerks),
        _KIOSKS,
        first_floors.floors(_share(windows, zones)),
        first_buses.lines(buses),
        _DEVICES,
        first_buses.devices(windows, buses),
        _TAIL,
    )
    return "\n".join("\n".join(part) for part in parts) + "\n"


def _refuse(zones: int, windows: int, services: int, clerks: int) -> None:
    for what, number, most, why in (
        (
            "zones",
            zones,
            len(LETTERS),
            f": each has a letter of its own, and I, O and Q are read as 1 and 0 ({LETTERS})",
        ),
        ("windows", windows, MOST_WINDOWS, ""),
        ("services", services, MOST_SERVICES, ""),
        ("clerks", clerks, MOST_CLERKS, ""),
    ):
        least = 0 if what == "clerks" else 1
        if not least <= number <= most:
            raise TooBig(f"{number} {what}: a hall has {least} to {most}{why}.")


def _zone_name(i: int) -> tuple[str, str]:
    if i < len(ZONES):
        return ZONES[i]
    return f"第{i + 1}服务区", f"Zone {i + 1}"


def _share(number: int, zones: int) -> list[int]:
    """number spread over the zones, the first ones get one more."""
    return [number // zones + (i < number % zones) for i in range(zones)]


def _head(zones: int, windows: int, services: int) -> Iterator[str]:
    sizes = ((zones, "zone"), (windows, "window"), (services, "service"))
    size = ", ".join(f"{number} {thing}{'s' * (number != 1)}" for number, thing in sizes)
    yield f"# hall_config.yaml: {size}. Made by `hall init`; change it freely."
    yield "# Every key is explained in docs/config.md. After a change: hall check --config hall_config.yaml"
    yield ""
    yield "hall:"
    yield "  name: 政务服务中心"
    yield "  name_en: Government Service Hall"
    yield "  timezone: Asia/Shanghai"
    yield '  day_starts: "04:00"          # numbers start again at 1'
    yield "  # public_url: http://192.168.1.10:8000   # how phones reach this machine; it is in the QR of the slip"
    yield "  # wifi: Hall-Free                         # printed on the slip"
    yield "  # notice: 办理业务不收取任何费用。           # runs at the foot of the panels"
    yield ""


def _zones(zones: int) -> Iterator[str]:
    yield "# A zone has a letter on its tile, a panel at /panel/ID, and a loudspeaker area."
    yield "zones:"
    for i in range(zones):
        name, name_en = _zone_name(i)
        names = f'name: {name}, name_en: "{name_en}"'
        yield f"  - {{id: zone-{i + 1}, letter: {LETTERS[i]}, {names}, floor: 1, area: hall}}"
    yield ""


def _queues(zones: int) -> Iterator[str]:
    yield "# Services feed queues, windows serve queues. A ticket's number begins with its queue's letters: A001."
    yield "queues:"
    for i in range(zones):
        name, name_en = _zone_name(i)
        names = f'name: {name}, name_en: "{name_en}"'
        yield f"  - {{id: queue-{i + 1}, zone: zone-{i + 1}, {names}, letters: {LETTERS[i]}}}"
    yield ""


def _services(zones: int, services: int) -> Iterator[str]:
    yield "services:"
    yield "  # More may be said of a service: department: 市行政审批服务局, time_limit: 即办, fee: 不收费,"
    yield "  # materials: [身份证原件, 营业执照复印件]   (shown before the ticket is printed, and on it)"
    number = 0
    departments = first_people.departments_of(zones, services)
    for i, share in enumerate(_share(services, zones)):
        theirs = departments[i]
        subjects = [name for name, _ in SERVICES[i % len(SERVICES)]]
        for name, name_en in islice(_service_names(i), share):
            number += 1
            subject, about = (*name.split(" · "), "")[:2]
            department = theirs[subjects.index(subject) % len(theirs)] if theirs else ""
            under = f", department: {department}, path: [{subject}, {about or FOR_ITSELF}]" if theirs else ""
            yield f'  - {{id: service-{number}, name: "{name}", name_en: "{name_en}", queue: queue-{i + 1}{under}}}'
    yield ""


def _service_names(zone: int) -> Iterator[tuple[str, str]]:
    """Names without end, no two alike in the hall."""
    apart, apart_en = _zone_name(zone) if zone >= len(ZONES) else ("", "")
    for again in count(1):
        for (about, about_en), (name, name_en) in product(ABOUT, SERVICES[zone % len(SERVICES)]):
            words = (name, about, apart, str(again) if again > 1 else "")
            words_en = (name_en, about_en, apart_en, str(again) if again > 1 else "")
            yield " · ".join(filter(None, words)), ", ".join(filter(None, words_en))


def _served(zones: int, windows: int) -> Iterator[tuple[int, list[str]]]:
    """The zone and the queues of each window."""
    for i, share in enumerate(_share(windows, zones)):
        # with fewer windows than zones, each serves several zones' queues, so that none is left alone
        queues = [f"queue-{q + 1}" for q in range(i, zones, min(windows, zones))]
        yield from [(i + 1, queues)] * share


def _windows(served: list[tuple[int, list[str]]], clerks: int) -> Iterator[str]:
    yield "# A 综合窗口 serves several queues: [queue-1, queue-2] calls whoever has waited longest,"
    yield "# {queue-1: 1, queue-2: 2} the first queue first, all every queue of its zone"
    yield "windows:"
    for i, (zone, queues) in enumerate(served):
        clerk = f', clerk: "{first_people.staff_no(i)}"' if i < clerks else ""
        yield f"  - {{id: {i + 1}, zone: zone-{zone}, queues: [{', '.join(queues)}]{clerk}}}"
    yield ""


_KIOSKS = (
    "kiosks:",
    "  - {id: 1, name: 1 号取号机, floor: 1, printer: printer-1}",
    "",
)
_DEVICES = (
    "devices:",
    "  # The printer is virtual: its slips are pictures in the data folder. A real one on the network, or on USB:",
    "  #   port: tcp://192.168.1.50:9100      port: file:/dev/usb/lp0",
    "  - {id: printer-1, kind: printer, driver: escpos, port: virtual, options: {width: 80}}",
)
_TAIL = (
    "  # An ID-card reader and a scanner at a kiosk, each on a port of its own (docs/kiosk.md):",
    "  # - {id: reader-1, kind: reader, driver: sdt-reader, port: /dev/ttyS2, kiosk: 1}",
    "  # - {id: scanner-1, kind: scanner, driver: line-scanner, port: /dev/ttyS3, kiosk: 1}",
    "  - {id: voice, kind: voice, driver: espeak, area: hall}",
    "",
    "voice:",
    "  areas:",
    "    hall: {languages: [zh], times: 2}   # languages: [zh, en] speaks English too",
)
