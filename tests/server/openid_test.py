"""Signing in through a real OpenID provider: npm's oidc-provider, over TLS with an authority of its own.

usage: openid_test.py PROGRAM SOURCE_DIR
"""
# R1, R5: who may, who may not, and what stands in the audit of it
import http.client
import re
import sys
import tempfile
from urllib.parse import parse_qs, urlsplit

from provided import SECRET, Provider, free_port, settings
from served import Answer, Server, User, check, ended

PROGRAM = sys.argv[1]


class Browser:
    """Follows what it is told, keeps cookies for each place, and sends a strict one only to its own."""

    def __init__(self, port, provider):
        self.port, self.provider, self.cookies = port, provider, {port: {}, provider.port: {}}

    def get(self, url, from_elsewhere=False):
        parts = urlsplit(url)
        port = parts.port or self.port
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20) if port == self.port else \
            http.client.HTTPSConnection("127.0.0.1", port, context=self.provider.trusting, timeout=20)
        sent = [f"{name}={value}" for name, (value, strict) in self.cookies[port].items() if not (strict and from_elsewhere)]
        line.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Cookie": "; ".join(sent)} if sent else {})
        response = line.getresponse()
        for each in response.headers.get_all("Set-Cookie") or []:
            name, value = each.split(";")[0].split("=", 1)
            self.cookies[port].pop(name, None)
            if value and "Max-Age=0" not in each:
                self.cookies[port][name] = (value, "SameSite=Strict" in each)
        answer = Answer(response)
        line.close()
        return answer

    def begin(self, path="/api/openid/begin"):
        """Where the server sends it."""
        answer = self.get(path)
        check(answer.status == 302, f"{path} leads away: {answer.status} {answer.text[:300]}")
        return answer.headers["Location"]

    def at_provider(self, url):
        """Through the provider's own pages, to the address that leads back."""
        for _ in range(8):
            answer = self.get(url)
            to = answer.headers.get("Location")
            if not to:
                raise RuntimeError(f"the provider says {answer.status} {answer.text[:300]}")
            url = to if to.startswith("http") else self.provider.issuer + to
            if urlsplit(url).port == self.port:
                return url
        raise RuntimeError(f"the provider leads nowhere: {url}")

    def sign_in(self, path="/api/openid/begin"):
        return self.get(self.at_provider(self.begin(path)), from_elsewhere=True)

    def me(self):
        return self.get("/api/me").json

    def user(self, name):
        """For what is written: with the word against forgery."""
        user = User.__new__(User)
        user.port, user.name, user.sent = self.port, name, None
        user.cookie = "evenkeel=" + self.cookies[self.port]["evenkeel"][0]
        user.csrf = self.me()["csrf"]
        user.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        return user


def shows(answer, status, words, what):
    title = re.search(r"<h1>(.*?)</h1>", answer.text)
    check(answer.status == status and title and title[1] == words, f"{what}: {status} '{words}' was due, not {answer.status} {answer.text[:400]}")
    check("<script" not in answer.text and "default-src 'none'" in answer.headers["Content-Security-Policy"], f"{what}: its policy")


def linked(admin, name, subject):
    answer = admin.post(f"/api/users/{name}/link", {"subject": subject})
    check(answer.status == 200 and answer.json["link"]["subject"] == subject, f"{name} is linked: {answer.text}")


def signs_in(server, provider, admin):
    browser = Browser(server.port, provider)
    check(browser.get("/api/sign-in/ways").json == {"passwords": True, "provider": "Test clinic sign-in"}, "the page is told of it")
    provider.next("anna")
    unknown = browser.sign_in()
    shows(unknown, 403, "No account here is linked to you", "a subject that nobody linked")
    check("<code>anna</code>" in unknown.text, "it says what the administrator needs")
    linked(admin, "nurse-1", "anna")
    back = browser.at_provider(browser.begin())
    bound = dict(browser.cookies[server.port])
    shows(browser.get(back, from_elsewhere=True), 200, "Signed in", "who is linked")
    me = browser.me()
    check(me["name"] == "nurse-1" and me["role"] == "nurse" and not me["second_factor_due"], f"in as oneself: {me}")
    check(browser.get("/api/today").status == 200, "and works")
    browser.cookies[server.port].update(bound)
    shows(browser.get(back, from_elsewhere=True), 400, "This sign-in is over", "the same answer again")
    return browser


def forged(server, provider):
    provider.next("anna")
    mine, other = Browser(server.port, provider), Browser(server.port, provider)
    back = mine.at_provider(mine.begin())
    other.begin()
    shows(other.get(back, True), 400, "This sign-in is over", "another browser brings it")
    query = parse_qs(urlsplit(back).query)
    for what, state in (("a state that was made up", "x" * 43), ("none", "")):
        shows(mine.get(f"/api/openid/return?code={query['code'][0]}&state={state}", True), 400, "This sign-in is over", what)
    shows(mine.get(back.replace("iss=", "iss=https%3A%2F%2Fother.example%2F&x="), True), 403,
          "What the sign-in service says cannot be taken", "an answer that names another provider")
    used = parse_qs(urlsplit(mine.at_provider(mine.begin())).query)["code"][0]
    again = mine.at_provider(mine.begin())
    state = parse_qs(urlsplit(again).query)["state"][0]
    mixed = mine.get(f"/api/openid/return?code={used}&state={state}&iss={provider.issuer}", True)
    shows(mixed, 403, "What the sign-in service says cannot be taken", "a code of another sign-in")
    check("invalid_grant" in mixed.text, f"the provider holds the verifier against it: {mixed.text}")
    check("evenkeel" not in mine.cookies[server.port], "nobody is in by any of it")


def too_little(server, provider):
    browser = Browser(server.port, provider)
    provider.next("anna", deny=True)
    shows(browser.sign_in(), 403, "The sign-in service did not sign you in", "who does not sign in there")
    provider.next("anna", amr="pwd")
    weak = browser.sign_in()
    shows(weak, 403, "What the sign-in service says cannot be taken", "without the second factor that the site demands")
    check("what this clinic demands: otp" in weak.text, weak.text)


def unlocks(browser, provider, admin):
    linked(admin, "nurse-2", "ben")
    check(browser.user("nurse-1").post("/api/lock").status == 204 and browser.me()["locked"], "the screen is locked")
    provider.next("ben")
    browser.cookies[provider.port].clear()  # else the provider first asks, by a script, to leave as anna
    shows(browser.sign_in("/api/openid/begin?for=unlock"), 403, "The screen is locked for somebody else", "another account comes back")
    check(browser.me()["locked"], "and it stays locked")
    provider.next("anna")
    browser.cookies[provider.port].clear()
    shows(browser.sign_in("/api/openid/begin?for=unlock"), 200, "Unlocked", "the same account comes back")
    check(not browser.me()["locked"] and browser.me()["name"] == "nurse-1", "and it is open, as the sign-in it was")


def unlinked(browser, admin):
    check(admin.post("/api/users/nurse-1/unlink").status == 200, "the link is taken away")
    check(browser.get("/api/me").status == 401, "and the session ends with it")


def provider_down(server, provider):
    provider.next("ben")
    browser = Browser(server.port, provider)
    back = browser.at_provider(browser.begin())
    provider.end()
    shows(browser.get(back, True), 503, "The sign-in service does not answer", "the provider is gone")
    check(User(server.port, "nurse-2").cookie, "and a password still opens")


with tempfile.TemporaryDirectory() as place:
    port = free_port()
    service = Provider(place, f"http://127.0.0.1:{port}/api/openid/return")
    served = Server(PROGRAM, place, "--openid", settings(place, service, port), port=port)
    keeper = User(port, "admin-1")
    nurse = signs_in(served, service, keeper)
    forged(served, service)
    too_little(served, service)
    unlocks(nurse, service, keeper)
    unlinked(nurse, keeper)
    entries = User(port, "auditor-1").get("/api/audit").text
    for words in ("linked to anna of", "by the provider: no account is linked to anna", '"by the provider"', "an idle screen, by the provider",
                  "by the provider: this sign-in was not begun here"):
        check(words in entries, f"the audit has: {words}")
    provider_down(served, service)
    check(served.end() == 0, "the server ends well")
    check(SECRET not in served.said and "anna" not in served.said, "the server prints neither the secret nor who came")
sys.exit(ended())
