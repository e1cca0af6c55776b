import { t } from "@lingui/core/macro";
import type { HolidayCountry } from "@metrica/client/admin.ts";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { currentLocale } from "@metrica/ui/language/language.ts";
import { useQuery } from "@tanstack/react-query";
import { type Control, useWatch } from "react-hook-form";
import { useServices } from "#shared/services.ts";
import { holidayCountriesQuery } from "./api/get-holiday-countries.ts";
import { countryName } from "./country.ts";
import type { StoreOutput, StoreValues } from "./store-schema.ts";

interface HolidayFieldsProps {
  control: Control<StoreValues, unknown, StoreOutput>;
  onCountryChange: () => void;
}

/** The country and the region whose public holidays a store has, and whether it is closed then. */
export function HolidayFields({ control, onCountryChange }: HolidayFieldsProps) {
  const { admin } = useServices();
  const countries = useQuery(holidayCountriesQuery(admin));
  const country = useWatch({ control, name: "country" });
  const region = useWatch({ control, name: "region" });
  const known = countries.data?.countries ?? [];
  const regions = known.find((entry) => entry.country === country)?.regions ?? [];

  return (
    <>
      <div className="grid gap-4">
        <SelectField
          control={control}
          data-testid="store-country-field"
          description={
            countries.error === null
              ? undefined
              : t`The countries could not be loaded. Close the form and try again.`
          }
          label={t`Public holidays of`}
          name="country"
          onInput={onCountryChange}
          title={country === "" ? t`No country` : countryName(country)} // some are longer than a phone is wide
        >
          <NativeSelectOption value="">{t`No country`}</NativeSelectOption>
          {byName(withPresent(known, country)).map(({ code, name }) => (
            <NativeSelectOption key={code} value={code}>
              {name}
            </NativeSelectOption>
          ))}
        </SelectField>
        {country !== "" && (regions.length > 0 || region !== "") && (
          <SelectField
            control={control}
            label={t`Region`}
            name="region"
            title={
              region === ""
                ? t`Of the whole country only`
                : (regions.find((entry) => entry.region === region)?.name ?? region)
            }
          >
            <NativeSelectOption value="">{t`Of the whole country only`}</NativeSelectOption>
            {regions.map((entry) => (
              <NativeSelectOption key={entry.region} value={entry.region}>
                {entry.name}
              </NativeSelectOption>
            ))}
            {region !== "" && regions.every((entry) => entry.region !== region) && (
              <NativeSelectOption value={region}>{region}</NativeSelectOption>
            )}
          </SelectField>
        )}
      </div>
      {country !== "" && (
        <CheckboxField control={control} label={t`Closed on public holidays`} name="closed_on_holidays" />
      )}
    </>
  );
}

/** The codes of the countries, also of the present one while the countries load. */
function withPresent(known: readonly HolidayCountry[], present: string): string[] {
  const codes = known.map(({ country }) => country);
  return present === "" || codes.includes(present) ? codes : [present, ...codes];
}

function byName(codes: readonly string[]) {
  return codes
    .map((code) => ({ code, name: countryName(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, currentLocale()));
}
