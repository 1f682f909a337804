#include "server/openid_page.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "report/html_text.hpp"
#include "store/audit.hpp"

namespace evenkeel::server {
namespace {

struct Words {
  std::string_view title, text;
};
struct Page {
  Shown what;
  int status;
  Words english, german;
};

constexpr Page pages[] = {
    {Shown::signed_in, 200, {"Signed in", ""}, {"Angemeldet", ""}},
    {Shown::unlocked,
     200,
     {"Unlocked", "You can close this tab and go on where you were. What was typed there is kept."},
     {"Entsperrt",
      "Dieser Tab kann geschlossen werden; im anderen geht es weiter. Was dort getippt wurde, ist noch da."}},
    {Shown::no_provider,
     404,
     {"There is no sign-in service here", "Sign in with your name and password."},
     {"Hier gibt es keinen Anmeldedienst", "Bitte mit Name und Passwort anmelden."}},
    {Shown::out_of_reach,
     503,
     {"The sign-in service does not answer",
      "Try again in a moment. Nothing is wrong with your account. Who has a password here can sign in with "
      "it."},
     {"Der Anmeldedienst antwortet nicht",
      "Bitte gleich noch einmal versuchen. Mit dem Konto ist alles in Ordnung. Wer hier ein Passwort hat, "
      "kann "
      "sich damit anmelden."}},
    {Shown::busy,
     503,
     {"Too many are signing in", "Try again in a moment."},
     {"Zu viele melden sich gerade an", "Bitte gleich noch einmal versuchen."}},
    {Shown::stale,
     400,
     {"This sign-in is over",
      "A sign-in is good once, for ten minutes, in the browser that began it. Begin again."},
     {"Diese Anmeldung gilt nicht mehr",
      "Eine Anmeldung gilt einmal, zehn Minuten lang, in dem Browser, in dem sie begann. Bitte neu "
      "beginnen."}},
    {Shown::denied,
     403,
     {"The sign-in service did not sign you in",
      "Nothing was opened. Begin again, or ask whoever runs the service."},
     {"Der Anmeldedienst hat nicht angemeldet",
      "Es wurde nichts geöffnet. Bitte neu beginnen oder fragen, wer den Dienst betreibt."}},
    {Shown::refused,
     403,
     {"What the sign-in service says cannot be taken",
      "Nothing was opened. Tell an administrator of the clinic:"},
     {"Die Antwort des Anmeldedienstes gilt hier nicht",
      "Es wurde nichts geöffnet. Bitte einer Administratorin oder einem Administrator sagen:"}},
    {Shown::unlinked,
     403,
     {"No account here is linked to you",
      "The sign-in service knows you, this clinic does not yet. Ask an administrator to link your account to "
      "this "
      "subject:"},
     {"Hier ist kein Konto mit Ihnen verknüpft",
      "Der Anmeldedienst kennt Sie, diese Klinik noch nicht. Bitte eine Administratorin oder einen "
      "Administrator, "
      "Ihr Konto mit dieser Kennung zu verknüpfen:"}},
    {Shown::disabled,
     403,
     {"Your account is disabled", "Ask an administrator of the clinic."},
     {"Ihr Konto ist gesperrt", "Bitte eine Administratorin oder einen Administrator der Klinik fragen."}},
    {Shown::another,
     403,
     {"The screen is locked for somebody else", "It stays locked. Whoever locked it opens it, or signs out."},
     {"Der Bildschirm ist für jemand anderen gesperrt",
      "Er bleibt gesperrt. Wer ihn gesperrt hat, öffnet ihn oder meldet sich ab."}},
    {Shown::not_kept,
     503,
     {"It could not be stored", "Nothing happened. Try again in a moment."},
     {"Es konnte nicht gespeichert werden", "Es ist nichts geschehen. Bitte gleich noch einmal versuchen."}},
};

constexpr std::string_view style =
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.2rem;"
    "color:#16202a;background:#f6f8f9}h1{font-size:1.4rem}code{font-size:1rem;overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{color:#e6ecef;background:#12181d}a{color:#8cc7ff}}";

// The policy names the one style by its digest, and lets nothing else in.
const std::string& policy() {
  static const std::string text = [] {
    const store::Hash digest = store::sha256(style);
    std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL)> base64{};
    sodium_bin2base64(base64.data(), base64.size(), digest.data(), digest.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    return fmt::format(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors "
        "'none'",
        base64.data());
  }();
  return text;
}

const Page& page_of(Shown what) {
  for (const Page& each : pages) {
    if (each.what == what) return each;
  }
  return pages[0];
}

}  // namespace

Response openid_page(const Request& request, Shown what, std::string_view detail) {
  const Page& page = page_of(what);
  const bool german = request.header("Accept-Language").value_or("").starts_with("de");
  const Words& words = german ? page.german : page.english;
  std::string body = fmt::format(
      "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">{}<title>{} · Evenkeel</title>"
      "<style>{}</style></head><body><h1>{}</h1>",
      german ? "de" : "en",
      what == Shown::signed_in ? "<meta http-equiv=\"refresh\" content=\"0; url=/\">" : "", words.title,
      style, words.title);
  if (!words.text.empty()) body += fmt::format("<p>{}</p>", words.text);
  if (!detail.empty()) body += fmt::format("<p><code>{}</code></p>", report::escaped(detail));
  body +=
      fmt::format("<p><a href=\"/\">{}</a></p></body></html>\n", german ? "Zu Evenkeel" : "Go to Evenkeel");
  return {
      page.status,
      "text/html; charset=utf-8",
      std::move(body),
      {{"Cache-Control", "no-store"}, {"Content-Security-Policy", policy()}, {"Vary", "Accept-Language"}}};
}

}  // namespace evenkeel::server
