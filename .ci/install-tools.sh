#!/bin/sh
# Install the programs that the tests start and that neither pip nor npm brings, on Debian and Ubuntu. Needs root.
set -eu
packages=""
need() { command -v "$1" >/dev/null || packages="$packages $2"; }
command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null || need chromium chromium
need psql postgresql-client
need jq jq
need openssl openssl
need systemd-analyze systemd
need faketime faketime
need pgbouncer pgbouncer
need caddy caddy
need setpriv util-linux
need wget wget
/usr/bin/python3 -c 'import gi; gi.require_version("GstRtspServer", "1.0")' 2>/dev/null || packages="$packages
  python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good
  gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav"
if [ -n "$packages" ]; then
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi
