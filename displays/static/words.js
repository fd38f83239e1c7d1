// What the boards say, in Chinese and English. The page's lang chooses.
const CATALOGUE = {
  zh: {
    connecting: "正在连接",
    lost: "正在重新连接。您手里的号照常有效，顺序不变",
    demo: "演示",
    sound: "点一下开声音",
    floor: (floor) => `${floor} 楼`,
    windowLabel: ["号", "窗口"],
    windowLabelShort: "号窗口",
    toWindow: "请到窗口",
    toFloor: (floor) => `请到 ${floor} 楼`,
    serving: "办理中",
    paused: "暂停服务",
    free: "空闲",
    idle: "暂无叫号",
    idleMore: "请留意屏幕和广播",
    waiting: ["等候", "人"],
    waitingAll: ["全大厅等候", "人"],
    open: ["开放窗口", "个"],
    windows: (span) => `窗口 ${span}`,
    come: "请到本窗口",
    again: (times) => `第 ${times} 次叫号`,
    nowServing: "正在办理",
    welcome: "欢迎光临",
    closed: "暂不办理",
    closedMore: "本窗口现在没有开放",
    back: ["约", "恢复"],
    sorry: "给您添麻烦了",
    elsewhere: ["叫到您的号，请到", "或", "号窗口"],
    elsewhereNone: "叫到您的号，请看大屏",
    staffNo: "工号",
    andMore: (left, all) => `等 ${all} 项`,
    date: (d, week) => `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 星期${"日一二三四五六"[week]}`,
  },
  en: {
    connecting: "Connecting",
    lost: "Reconnecting. Your ticket is still valid",
    demo: "Demo",
    sound: "Tap for sound",
    floor: (floor) => `Floor ${floor}`,
    windowLabel: ["window", ""],
    windowLabelShort: "window",
    toWindow: "Please go",
    toFloor: (floor) => `Floor ${floor}`,
    serving: "Serving",
    paused: "Paused",
    free: "Free",
    idle: "No calls",
    idleMore: "Please watch the screens",
    waiting: ["", "waiting"],
    waitingAll: ["", "waiting"],
    open: ["", "windows open"],
    windows: (span) => `Windows ${span}`,
    come: "Please come",
    again: (times) => `Call ${times}`,
    nowServing: "Now serving",
    welcome: "Welcome",
    closed: "Closed",
    closedMore: "This window is not open now",
    back: ["Back about", ""],
    sorry: "Sorry for the wait",
    elsewhere: ["When called, go to", "or", ""],
    elsewhereNone: "When called, see the panel",
    staffNo: "Staff no.",
    andMore: (left) => `and ${left} more`,
    date: (d, week) => `${"Sun Mon Tue Wed Thu Fri Sat".split(" ")[week]} ${d.getUTCDate()}/${d.getUTCMonth() + 1}`,
  },
};

export const english = document.documentElement.lang.startsWith("en");
export const words = CATALOGUE[english ? "en" : "zh"];
/** The other language, for the small line beneath the large one. */
export const beneath = CATALOGUE[english ? "zh" : "en"];

/** A zone's or hall's name in the page's language, Chinese where there is no English. */
export const named = (it) => (english && it.name_en) || it.name;

/** `C 032, please come to this window`: the line for who reads no Chinese. */
export const comeInEnglish = (letters, digits) => `${letters} ${digits}, please come to this window`;
