import { t } from "@lingui/core/macro";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { useEffect, useState } from "react";
import { type Control, useWatch } from "react-hook-form";
import { type City, loadCities } from "./cities.ts";
import type { StoreOutput, StoreValues } from "./store-schema.ts";
import { cityOf, describeTimeZone, findPlace, timeZones } from "./time-zone.ts";

interface CityFieldProps {
  control: Control<StoreValues, unknown, StoreOutput>;
  /** Called with the city that was understood. It must be the same function as long as it would do the same. */
  onCity: (city: City) => void;
  onChoose: (label: string) => void;
}

type Loading = "idle" | "loading" | "loaded" | "failed";

/** The city of the store, or its time zone. Below it is what was understood. The cities load when the field gets the focus. */
export function CityField({ control, onCity, onChoose }: CityFieldProps) {
  const text = useWatch({ control, name: "timezone" });
  const [loading, setLoading] = useState<Loading>("idle");
  const place = findPlace(text);

  const { city } = place ?? { city: null };
  const label = city?.label;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the city is the same as long as its label is
  useEffect(() => {
    if (city !== null) onCity(city);
  }, [label, onCity]);

  async function load() {
    if (loading === "loading" || loading === "loaded") return;
    setLoading("loading");
    try {
      await loadCities();
      setLoading("loaded");
    } catch {
      setLoading("failed");
    }
  }

  return (
    <div className="grid gap-1.5">
      <InputField
        autoComplete="off"
        control={control}
        data-testid="store-timezone-field"
        description={describe(place, loading)}
        label={t`City or time zone`}
        list="zones"
        name="timezone"
        onFocus={() => void load()}
      />
      {place !== undefined && place.others.length > 0 && (
        <p className="text-[13px] text-muted-foreground" data-testid="other-cities">
          {t({ message: "Not this one?", context: "a city" })}{" "}
          {place.others.map((city) => (
            <button
              className="mr-3 rounded text-primary underline underline-offset-2"
              key={city.label}
              onClick={() => onChoose(city.label)}
              type="button"
            >
              {city.label}
            </button>
          ))}
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

function describe(place: ReturnType<typeof findPlace>, loading: Loading): string {
  if (place !== undefined) {
    const zone = describeTimeZone(place.timeZone, new Date());
    return place.city === null ? zone : `${place.city.label}: ${zone}`;
  }
  if (loading === "loading") return t`Looking for the city…`;
  if (loading === "failed")
    return t`The list of cities could not be loaded. Enter a time zone, such as Europe/Rome.`;
  return t`A city, such as Munich, or a time zone, such as Europe/Rome.`;
}
