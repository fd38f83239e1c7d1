"""The people of `hall init`: the departments of a large hall, and its clerks."""

from __future__ import annotations

from collections.abc import Iterator

SERVICES_OF_A_DEPARTMENT = 50
"""A hall with fewer services than this has no need of a tree."""

# As in Yantai's hall, the first ten in the order of its zones, the others beside those of the same subject.
DEPARTMENTS = (
    ("市行政审批服务局", "Administrative approval"),
    ("市公安局", "Public security"),
    ("市住房公积金管理中心", "Housing fund"),
    ("市交通运输局", "Transport"),
    ("市人力资源和社会保障局", "Human resources and social security"),
    ("市医疗保障局", "Medical insurance"),
    ("国家税务总局市税务局", "Taxes"),
    ("市城市管理局", "City management"),
    ("市民政局", "Civil affairs"),
    ("市生态环境局", "Environment"),
    ("市市场监督管理局", "Market supervision"),
    ("市司法局", "Justice"),
    ("市住房和城乡建设局", "Housing and construction"),
    ("市公安局交通警察支队", "Traffic police"),
    ("市社会保险服务中心", "Social insurance service"),
    ("市卫生健康委员会", "Health"),
    ("市财政局", "Finance"),
    ("市水利局", "Water"),
    ("市残疾人联合会", "Disabled persons' federation"),
    ("市农业农村局", "Agriculture"),
    ("市教育局", "Education"),
    ("市应急管理局", "Emergency management"),
    ("市自然资源和规划局", "Natural resources and planning"),
    ("市海洋发展和渔业局", "Ocean and fisheries"),
    ("市公共就业和人才服务中心", "Employment service"),
)
FAMILY = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
GIVEN = ("海燕", "建国", "敏", "洋", "静", "丽", "强", "磊", "军", "芳", "娜", "伟", "秀英", "杰", "娟", "涛", "明")


def departments_of(zones: int, services: int) -> list[list[str]]:
    """Zone -> the ids of its departments; none in a hall with few services."""
    number = min(len(DEPARTMENTS), services // SERVICES_OF_A_DEPARTMENT)
    ids = [f"department-{i + 1}" for i in range(number)]
    return [ids[zone::zones] or ids[zone % number :][:1] if number else [] for zone in range(zones)]


def departments(zones: int, services: int) -> Iterator[str]:
    """The part of the file, or how it would be written."""
    yield "# Departments, for the tree at the kiosk: a service names its department, and in `path` the groups under it."
    yield "departments:"
    known = {department for zone in departments_of(zones, services) for department in zone}
    if not known:
        yield "  # - {id: approval, name: 市行政审批服务局, name_en: Administrative approval, floor: 1}"
    for i, (name, name_en) in enumerate(DEPARTMENTS):
        if f"department-{i + 1}" in known:
            yield f'  - {{id: department-{i + 1}, name: {name}, name_en: "{name_en}"}}'
    yield ""


def clerks(number: int, windows: list[list[str]]) -> Iterator[str]:
    """The part of the file. `windows` are each window's queues: the first clerks sit there, every fifth can do all."""
    yield '# Clerks, and who usually sits where (clerk: "0712" at a window). Without skills a clerk can do every queue.'
    yield "clerks:"
    if not number:
        yield '  # - {staff_no: "0712", name: 王海燕, stars: 5, skills: [queue-1]}'
    for i in range(number):
        name = FAMILY[i % len(FAMILY)] + GIVEN[i // len(FAMILY) % len(GIVEN)]
        skills = f", skills: [{', '.join(windows[i % len(windows)])}]" if i % 5 else ""
        yield f'  - {{staff_no: "{staff_no(i)}", name: {name}{skills}}}'
    yield ""


def staff_no(i: int) -> str:
    """
    >>> staff_no(0)
    '1001'
    """
    return str(1001 + i)
