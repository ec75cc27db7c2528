"""curl's options: which take a value, which mean something here, and why others do not. Pure data.

Source: the manual of curl 8. An option that is not in these tables is named to the user, and not guessed.
"""

from collections.abc import Mapping

_LETTERS = """
X=request H=header d=data G=get F=form u=user b=cookie I=head T=upload-file L=location k=insecure
A=user-agent e=referer x=proxy s=silent S=show-error v=verbose i=include f=fail o=output m=max-time
O=remote-name w=write-out c=cookie-jar E=cert g=globoff N=no-buffer 4=ipv4 6=ipv6 #=progress-bar
0=http1.0 r=range z=time-cond K=config q=disable n=netrc J=remote-header-name a=append C=continue-at
D=dump-header U=proxy-user j=junk-session-cookies R=remote-time y=speed-time Y=speed-limit V=version
l=list-only Z=parallel 1=tlsv1 2=sslv2 3=sslv3 M=manual h=help
"""
_WITH_VALUE = """
request header data data-raw data-ascii data-binary data-urlencode json form form-string user cookie
upload-file user-agent referer max-time output url url-query retry retry-delay oauth2-bearer
aws-sigv4 max-redirs
"""
_WITHOUT_VALUE = """
get head location location-trusted digest basic anyauth compressed silent show-error verbose include
fail fail-with-body no-progress-meter progress-bar globoff no-buffer ipv4 ipv6 http1.1 http2
http2-prior-knowledge tcp-nodelay no-keepalive path-as-is remote-time retry-all-errors
retry-connrefused raw tlsv1.2 tlsv1.3 tlsv1 http3 disable
"""
LONG: Mapping[str, str] = {pair[0]: pair[2:] for pair in _LETTERS.split()}
"""The long name of each letter."""

VALUED = frozenset(_WITH_VALUE.split())
"""Options with a value that mean something here."""

SWITCHES = frozenset(_WITHOUT_VALUE.split())
"""Switches that mean something here, or that need no mention because nothing depends on them."""

_PROXY = "The proxy ({}) was not taken: it is set for all runs, with `proxyUrl` in the settings."
_CERT = "{} was not taken: save certificate and key as a credential of the type Client certificate."
_FILE = "{} was not taken: it names a file of the machine where the command was written."
_HOW = "{} was not taken: how a connection is made is not set in a step."
_SAVE = "{} was not taken: say in the step where the answer is saved."
REFUSED: Mapping[str, str] = {
    "insecure": "{} was not taken: certificates are always checked. For a server with an authority of "
    "your own, name its file with `caFile` in the settings.",
    "netrc": _FILE,
    "remote-name": _SAVE,
    "remote-header-name": _SAVE,
}
REFUSED_VALUED: Mapping[str, str] = {
    "proxy": _PROXY,
    "proxy-user": _PROXY,
    "cert": _CERT,
    "key": _CERT,
    "pass": _CERT,
    "cert-type": _CERT,
    "key-type": _CERT,
    "cacert": "{} was not taken: name the authority with `caFile` in the settings.",
    "capath": _FILE,
    "cookie-jar": _FILE,
    "config": _FILE,
    "dump-header": _FILE,
    "write-out": "{} was not taken: status and headers of the answer are in the step's output.",
    "connect-timeout": "{} was not taken: a step has one limit for the whole request.",
    "resolve": _HOW,
    "connect-to": _HOW,
    "interface": _HOW,
    "unix-socket": _HOW,
    "ciphers": _HOW,
    "socks5": _PROXY,
    "socks5-hostname": _PROXY,
    "range": "{} was not taken: write the header Range into the step.",
    "limit-rate": _HOW,
    "speed-time": _HOW,
    "speed-limit": _HOW,
    "keepalive-time": _HOW,
    "retry-max-time": "{} was not taken: a step says how often, not for how long.",
    "stderr": _FILE,
    "trace": _FILE,
    "trace-ascii": _FILE,
    "tls-max": _HOW,
    "continue-at": "{} was not taken: write the header Range into the step.",
    "time-cond": "{} was not taken: write the header If-Modified-Since into the step.",
    "variable": "{} was not taken: use a variable of the automation.",
}
