"""Who is not let in, and what the clinic's own people may not do: forged, replayed, sent by another site.

usage: hostile_test.py PROGRAM
"""
import json
import re
import sys
import tempfile

from served import PASSWORD, Server, User, check, contact, ended, events_of, together

PROGRAM = sys.argv[1]
NAME = "Testa Tilia"
EVENTS = "/api/patients/demo-01/events"


def refused(answer, status, code, what):
    check(answer.status == status and answer.code == code and answer.is_problem,
          f"{what}: {status} {code} was due, not {answer.status} {answer.text[:200]}")


def notes(user, note):
    return sum(each["body"].get("note") == note for each in events_of(user, "demo-01"))


def forged(port):
    """Another site's page has the cookie sent along, and not the word."""
    user = User(port, "nurse-1")
    for word in (None, "", "x", "0" * len(user.csrf), user.csrf[:-1], user.csrf + "0", user.csrf.upper() + "G"):
        refused(user.post(EVENTS, contact("forged"), headers={"X-Evenkeel-CSRF": word}), 403, "csrf", f"the word {word!r}")
    other = User(port, "nurse-2")
    refused(user.post(EVENTS, contact("forged"), headers={"X-Evenkeel-CSRF": other.csrf}), 403, "csrf", "another's word")
    for route in ("/api/lock", "/api/sign-out", "/api/password", "/api/patients", "/api/second-factor"):
        refused(user.post(route, {}, headers={"X-Evenkeel-CSRF": None}), 403, "csrf", route)
    check(user.get("/api/me").json["locked"] is False, "nobody was locked or signed out by it")
    check(notes(user, "forged") == 0, "nothing was written")


def by_a_form(port):
    """What a form of another site can send is not taken for JSON."""
    user = User(port, "nurse-1")
    body = json.dumps(contact("by a form")).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "", None,
                 "text/plain; application/json", "text/json"):
        refused(user.send("POST", EVENTS, body, headers={"Content-Type": kind}), 415, "not_json", f"as {kind}")
        signing = json.dumps({"name": "nurse-1", "password": PASSWORD}).encode()
        refused(user.send("POST", "/api/sign-in", signing, headers={"Content-Type": kind}), 415, "not_json", f"sign-in as {kind}")
    check(notes(user, "by a form") == 0, "nothing was written")
    asked = user.send("OPTIONS", EVENTS, headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"})
    check(asked.status >= 400 and not any(h.lower().startswith("access-control") for h in asked.headers),
          f"no other site is let read: {asked.status} {asked.headers}")


def replayed(port):
    """A cookie is worth nothing once its owner left, nor a made one, nor one that was set before."""
    user = User(port, "nurse-2")
    set_cookie = user.signed_in.headers["Set-Cookie"]
    for mark in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="):
        check(mark in set_cookie, f"the cookie has {mark}: {set_cookie}")
    check(len(re.search(r"=([0-9a-f]+)", user.cookie)[1]) >= 32 and "nurse" not in user.cookie, "the cookie says nothing")
    again = User(port, "nurse-2")
    check(again.cookie != user.cookie and again.csrf != user.csrf, "each sign-in has its own")
    check(user.sign_out().status == 204, "signed out")
    for what, headers in (("the old cookie", {}), ("none", {"Cookie": None}), ("a made one", {"Cookie": "evenkeel=" + "0" * 64}),
                          ("an empty one", {"Cookie": "evenkeel="}), ("another name", {"Cookie": user.cookie.replace("evenkeel", "Evenkeel")})):
        for path in ("/api/me", "/api/today", "/api/patients/demo-01/chart", "/api/live", EVENTS):
            refused(user.send("GET", path, headers=headers), 401, "signed_out", f"{what} and {path}")
        refused(user.post(EVENTS, contact("replayed"), headers=headers), 401, "signed_out", f"{what} writes")
    check(again.get("/api/me").status == 200, "the other sign-in stays")
    brought = User(port, "nurse-2")
    kept = brought.send("POST", "/api/sign-in", {"name": "nurse-2", "password": PASSWORD}, headers={"Cookie": "evenkeel=" + "a" * 64})
    check("a" * 64 not in kept.headers["Set-Cookie"], "no cookie that was brought along is taken over")


def a_key_is_its_owners(port):
    """The same key of another person, or for another thing, does not give the first answer."""
    one, other = User(port, "nurse-1"), User(port, "nurse-2")
    first = one.post(EVENTS, contact("with a key"), "key-1")
    theirs = other.post(EVENTS, contact("with a key"), "key-1")
    check(first.status == theirs.status == 201 and first.json["event"]["id"] != theirs.json["event"]["id"], "each has own keys")
    again = one.post(EVENTS, contact("with a key"), "key-1")
    check(again.json == first.json and again.headers.get("Idempotency-Replayed") == "true", "the first answer again")
    refused(one.post(EVENTS, contact("something else"), "key-1"), 422, "invalid_input", "a key for another thing")
    refused(one.post("/api/patients/demo-02/events", contact("with a key"), "key-1"), 422, "invalid_input", "for another patient")
    check(notes(one, "with a key") == 2, "two entries for two people")
    at_once = []
    users = [User(port, "nurse-1") for _ in range(6)]
    together(*(lambda user=user: at_once.append(user.post(EVENTS, contact("at once"), "key-2")) for user in users))
    check({a.status for a in at_once} == {201} and len({a.json["event"]["id"] for a in at_once}) == 1, "six at once are one")
    check(notes(one, "at once") == 1, "and one entry")


def locked_out(port):
    """Five wrong passwords: then nobody, for a while; and a name that nobody has looks no different."""
    wrong = [User(port, "auditor-1", f"a wrong password {i}").signed_in for i in range(5)]
    for answer in wrong[:4]:
        refused(answer, 401, "sign_in", "a wrong password")
    locked = User(port, "auditor-1").signed_in
    refused(locked, 423, "locked", "the right one after five wrong ones")
    check(locked.headers.get("Set-Cookie") is None, "no cookie")
    unknown = User(port, "nobody-1", "a wrong password").signed_in
    check(unknown.text == wrong[0].text, f"a name that nobody has: {unknown.text} {wrong[0].text}")
    check(User(port, "auditor-1 ").signed_in.status in (401, 423), "no second name for one account")
    admin = User(port, "admin-1")
    check(admin.post("/api/users/auditor-1/unlock").status == 200, "an administrator ends the lock")
    check(User(port, "auditor-1").cookie, "and they are in")


def first_password(port):
    """Made by another person: good for one thing, to choose one's own."""
    admin = User(port, "admin-1")
    made = admin.post("/api/users", {"name": "nurse-7", "display": "Nurse Seven", "role": "nurse"})
    check(made.status == 201, f"made: {made.text}")
    given = made.json["temporary_password"]
    user = User(port, "nurse-7", given)
    check(user.signed_in.json["must_change_password"] is True, "says that it must be changed")
    for path in ("/api/today", "/api/patients/demo-01", "/api/patients/demo-01/chart", "/api/live", "/api/colleagues"):
        refused(user.get(path), 403, "password_to_change", path)
    refused(user.post(EVENTS, contact("too early")), 403, "password_to_change", "a write")
    for new in ("short", given, "nurse-7-nurse"):
        check(user.post("/api/password", {"old": given, "new": new}).status == 422, f"'{new}' as the new one")
    check(user.post("/api/password", {"old": given, "new": "kettle orbit fjord"}).status == 200, "a good one is taken")
    check(user.get("/api/today").status == 200, "and all is open")
    check(User(port, "nurse-7", given).signed_in.status == 401, "the first is worth nothing any more")
    check(admin.post("/api/users/nurse-7/disable", {"reason": "left"}).status == 200, "disabled")
    refused(user.get("/api/today"), 401, "signed_out", "who left is out at once")


def own_patients_only(port):
    """Somebody with one patient sees no other, by no route."""
    admin = User(port, "admin-1")
    given = admin.post("/api/users", {"name": "nurse-6", "display": "Six", "role": "nurse", "patients": ["demo-02"]}).json["temporary_password"]
    user = User(port, "nurse-6", given)
    user.post("/api/password", {"old": given, "new": "kettle orbit fjord"})
    for tail in ("", "/chart", "/events", "/dose", "/report", "/export?recipient=me", "/sessions/s1", "/sessions/s1/curve"):
        refused(user.get(f"/api/patients/demo-01{tail}"), 403, "not_permitted", f"another's patient{tail}")
    refused(user.post(EVENTS, contact("not mine")), 403, "not_permitted", "writes to another's patient")
    seen = user.get("/api/today").text + user.post("/api/patients/search").text
    check(user.get("/api/patients/demo-02/chart").status == 200, "their own is open")
    check("demo-01" not in seen and "Demo Elm" not in seen and "demo-02" in seen, "lists have their own alone")


def a_link_is_good_once(port):
    nurse = User(port, "nurse-1")
    made = nurse.post("/api/patients/demo-03/links", {"instrument": "phq-9", "moment": "between_doses"})
    check(made.status == 201 and "demo-03" not in made.json["address"], f"a link names nobody: {made.text}")
    token = made.json["address"].split("#")[1]
    anybody = [User(port, "nobody-1") for _ in range(4)]
    opened = anybody[0].post("/api/answer/open", {"token": token})
    check(opened.status == 200 and "Demo" not in opened.text, f"what it asks, and nobody's name: {opened.text[:200]}")
    for bad in (token[:-2], token + "AB", token[::-1], "A" * len(token)):
        altered = anybody[0].post("/api/answer/open", {"token": bad})
        check(altered.status in (404, 422), f"a token that was altered, {len(bad)} of {len(token)}: {altered.status} {altered.text[:200]}")
    items = opened.json["instrument"]["questionnaire"]["item"]
    first = next(item["linkId"] for item in items if item["type"] != "display")
    before, answers = len(events_of(nurse, "demo-03")), []
    spelt = (token, token.swapcase(), token.upper(), token)
    together(*(lambda each=each, i=i: answers.append(each.post("/api/answer", {"token": spelt[i], "answers": {first: i % 2}}))
               for i, each in enumerate(anybody)))
    check(len(events_of(nurse, "demo-03")) == before + 1, "answered four times at once is answered once")
    check(all(a.status == 200 or a.is_problem and a.status < 500 for a in answers), f"{[a.text for a in answers]}")
    for word in spelt:
        check(anybody[1].post("/api/answer/open", {"token": word}).status == 404, "and opens no more")


with tempfile.TemporaryDirectory() as folder:
    served = Server(PROGRAM, folder, "--proxy", "127.0.0.1")
    desk = User(served.port, "desk-1")
    check(desk.post("/api/patients", {"name": NAME, "born": "1990-01-01"}).status == 201, "somebody is registered")
    for test in (forged, by_a_form, replayed, a_key_is_its_owners, locked_out, first_password, own_patients_only, a_link_is_good_once):
        test(served.port)
    check(served.end() == 0, "the server ends well")
    for word in (NAME, "Demo Elm", "demo-01", "kettle"):
        check(word not in served.said, f"'{word}' stands in what the server writes")
sys.exit(ended())
