// Where help is, by country: numbers to call by a touch.
import type { JSX } from "preact";
import type { Evidence } from "../../../generated/api";
import { day } from "../../format/time";
import { language, t } from "../../texts";
import { dialled } from "./dialled";

type Place = Evidence["help"]["places"][number];

export function HelpLines({ places }: { places: Place[] }): JSX.Element {
  const words = t().open.addictive;
  return (
    <div lang="en">
      {places.map((place) => (
        <section key={place.country} aria-label={place.name}>
          <p class="help-place">{place.name}</p>
          <ul class="help-lines">
            {place.lines.map((line) => (
              <li key={line.id}>
                <a class="help-number" href={dialled(line.number)}>
                  {line.number}
                </a>
                <div>
                  <strong>{line.name}</strong>: {line.purpose}. {line.hours}.
                  {line.others.length > 0 && ` ${line.others.join(", ")}.`}
                  <div class="quiet small" lang={language.value}>
                    {words.lastChecked(day(line.last_checked))}.
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
