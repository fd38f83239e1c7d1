#!/bin/sh
# System packages that only the tests need: a browser, a Chinese font for it, a real serial server, a second QR reader.
missing=""
need() { # need COMMAND PACKAGE
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing="$missing $2"
}
need chromium chromium
need ser2net ser2net
need zbarimg zbar-tools
need cupsd cups-daemon
need fc-list fontconfig
# the slip's independent reader, RapidOCR, stands on OpenCV, whose wheel wants these two
ldconfig -p 2>/dev/null | grep -q libGL.so.1 || missing="$missing libgl1"
ldconfig -p 2>/dev/null | grep -q libgthread-2.0.so.0 || missing="$missing libglib2.0-0"
fc-list 2>/dev/null | grep -q 'Noto Sans CJK SC' || missing="$missing fonts-noto-cjk"
# playwright's own node wants this one
ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || missing="$missing libatomic1"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "The tests need these system packages:$missing. As root: apt-get install$missing" >&2
exit 1
