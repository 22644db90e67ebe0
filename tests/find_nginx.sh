#!/bin/sh
# Prints the path of nginx for the tests, which want rsync and openssl too; installs them where that is
# allowed, and starts nothing.
set -eu
PATH="$PATH:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"

find_nginx() {
  command -v rsync >/dev/null && command -v openssl >/dev/null && command -v "${NGINX:-nginx}"
}

find_nginx && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  # Debian starts what it installs, on port 80, unless it is told that it may not.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    nginx rsync openssl >&2
  find_nginx && exit 0
fi
echo "The tests need nginx, rsync and openssl. Run: sudo apt-get install nginx rsync openssl" >&2
echo "or name an nginx: NGINX=/path/to/nginx make test" >&2
exit 1
