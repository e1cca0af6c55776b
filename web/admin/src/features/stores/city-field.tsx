import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { useEffect } from "react";
import { type Control, useWatch } from "react-hook-form";
import type { City } from "./cities.ts";
import type { StoreOutput, StoreValues } from "./store-schema.ts";
import { cityOf, describeTimeZone, findPlace, timeZones } from "./time-zone.ts";
import { type CityLookup, useCityLookup } from "./use-city-lookup.ts";

interface CityFieldProps {
  control: Control<StoreValues, unknown, StoreOutput>;
  /** Called with the city that was understood. It must be the same function as long as it would do the same. */
  onCity: (city: City) => void;
  onChoose: (label: string) => void;
}

/** The city of the store, or its time zone. Below it is what was understood. */
export function CityField({ control, onCity, onChoose }: CityFieldProps) {
  const text = useWatch({ control, name: "timezone" });
  const lookup = useCityLookup(text);
  const place = findPlace(text);

  const { city } = place ?? { city: null };
  const label = city?.label;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the city is the same as long as its label is
  useEffect(() => {
    if (city !== null) onCity(city);
  }, [label, onCity]);

  return (
    <div className="grid gap-1.5">
      <InputField
        autoComplete="off"
        control={control}
        data-testid="store-timezone-field"
        description={describe(place, lookup)}
        label={t`City or time zone`}
        list="zones"
        name="timezone"
        onFocus={(event) => event.target.select()} // the time zone of the browser is in it: typing replaces it
      />
      {place !== undefined && place.others.length > 0 && (
        <p className="text-[13px] text-muted-foreground" data-testid="other-cities">
          {t({ message: "Not this one?", context: "a city" })}{" "}
          {place.others.map((other) => (
            <button
              className="mr-3 rounded text-primary underline underline-offset-2"
              key={other.label}
              onClick={() => onChoose(other.label)}
              type="button"
            >
              {other.label}
            </button>
          ))}
        </p>
      )}
      {city !== null && (
        <p className="text-[13px] text-muted-foreground">
          <Trans>
            Cities:{" "}
            <a
              className="underline underline-offset-2"
              href="https://www.geonames.org/"
              rel="noreferrer"
              target="_blank"
            >
              GeoNames
            </a>
            , CC BY 4.0
          </Trans>
        </p>
      )}
      <datalist id="zones">
        {timeZones.map((name) => (
          <option key={name} label={cityOf(name)} value={name} />
        ))}
      </datalist>
    </div>
  );
}

function describe(place: ReturnType<typeof findPlace>, lookup: CityLookup): string {
  if (place !== undefined) {
    const zone = describeTimeZone(place.timeZone, new Date());
    return place.city === null ? zone : `${place.city.label}: ${zone}`;
  }
  if (lookup === "loading") return t`Looking for the city…`;
  if (lookup === "failed") return t`The city could not be looked up. Enter a time zone, such as Europe/Rome.`;
  if (lookup === "none")
    return t`No such city is known. Enter a larger one of the same time zone, or a time zone, such as Europe/Rome.`;
  return t`A city, such as Munich, or a time zone, such as Europe/Rome.`;
}
