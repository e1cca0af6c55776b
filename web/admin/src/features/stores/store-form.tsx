import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { AdminApi, Store } from "@metrica/client/admin.ts";
import { FieldLegend, FieldSet } from "@metrica/ui/components/ui/field.tsx";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { OpeningHoursField } from "@metrica/ui/form/opening-hours-field.tsx";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { useQuery } from "@tanstack/react-query";
import { type FormEventHandler, useCallback, useRef, useState } from "react";
import { type FieldPath, get, type UseFormReturn, useForm } from "react-hook-form";
import { MergeActions } from "#shared/conflict/merge-actions.tsx";
import { useMerge } from "#shared/conflict/use-merge.ts";
import { useServices } from "#shared/services.ts";
import { holidayCountriesQuery } from "./api/get-holiday-countries.ts";
import { useChangeStore, useCreateStore } from "./api/save-store.ts";
import { type City, lookUpCities } from "./cities.ts";
import { CityField } from "./city-field.tsx";
import { HolidayFields } from "./holiday-fields.tsx";
import {
  apiFields,
  mergedFields,
  type StoreOutput,
  type StoreValues,
  storeSchema,
  toOpeningHours,
  toSettings,
  toValues,
} from "./store-schema.ts";
import { findTimeZone } from "./time-zone.ts";
import { weekdayName, weekdays } from "./week.ts";
import { WeekField } from "./week-field.tsx";

interface FormProps {
  onSaved: (store: Store) => void;
  onCancel: () => void;
}

export function NewStoreForm({ onSaved, onCancel }: FormProps) {
  const { admin } = useServices();
  const create = useCreateStore(admin);
  const [error, setError] = useState<Error | null>(null);
  const form = useStoreForm(null);
  const submit = submitWithCity(admin, form, (values) =>
    create.mutate(toSettings(values), {
      onSuccess: onSaved,
      onError: (problem) => setError(placeApiErrors(problem, form.setError, apiFields)),
    }),
  );
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <StoreFields form={form} />
      <FormActions busy={create.isPending} error={error} onCancel={onCancel} submitLabel={t`Add`} />
    </form>
  );
}

export function EditStoreForm({ store, onSaved, onCancel }: FormProps & { store: Store }) {
  const { admin } = useServices();
  const change = useChangeStore(admin, store.store_id);
  const [error, setError] = useState<Error | null>(null);
  const form = useStoreForm(store);
  const merge = useMerge({
    resource: store,
    fields: mergedFields(),
    read: () => ({
      ...store,
      ...toSettings(storeSchema.parse(form.getValues())),
      opening_hours: toOpeningHours(form.getValues()),
    }),
    write: (name, current) =>
      form.setValue(name as FieldPath<StoreValues>, get(toValues(current), name), { shouldDirty: true }),
  });
  const submit = submitWithCity(admin, form, (values) =>
    change.mutate(
      { change: toSettings(values), etag: merge.etag },
      {
        onSuccess: onSaved,
        onError: (problem) =>
          setError(merge.take(problem) ? null : placeApiErrors(problem, form.setError, apiFields)),
      },
    ),
  );
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <StoreFields form={form} />
      <MergeActions busy={change.isPending} error={error} merge={merge} onCancel={onCancel} />
    </form>
  );
}

function useStoreForm(store: Store | null) {
  return useForm({ resolver: standardSchemaResolver(storeSchema), defaultValues: toValues(store) });
}

/**
 * Returns the handler that submits the form. A city is known only after it was looked up; if it cannot be, the field of the city says
 * so, and time zones are found all the same.
 */
function submitWithCity(
  admin: AdminApi,
  form: StoreFieldsProps["form"],
  send: (values: StoreOutput) => void,
): FormEventHandler {
  return (event) => {
    event.preventDefault();
    const submit = () => void form.handleSubmit(send)();
    const text = form.getValues("timezone");
    if (findTimeZone(text) !== undefined) submit();
    else lookUpCities(admin, text).then(submit, submit);
  };
}

interface StoreFieldsProps {
  form: UseFormReturn<StoreValues, unknown, StoreOutput>;
}

function StoreFields({ form }: StoreFieldsProps) {
  const { control, getValues, setValue, formState } = form;
  const { admin } = useServices();
  const countries = useQuery(holidayCountriesQuery(admin));
  const isAlwaysOpen = form.watch("always_open");

  // The country follows the city until somebody chooses another one.
  const ofCity = useRef("");
  const setCountry = useCallback(
    ({ country }: City) => {
      const isKnown = countries.data?.countries.some((known) => known.country === country);
      if (isKnown !== true || getValues("country") !== ofCity.current) return;
      ofCity.current = country;
      setValue("country", country, { shouldDirty: true });
      setValue("region", "", { shouldDirty: true });
    },
    [countries.data, getValues, setValue],
  );

  function set<Name extends FieldPath<StoreValues>>(name: Name, value: string) {
    setValue(name, value as never, { shouldDirty: true, shouldValidate: formState.isSubmitted });
  }

  return (
    <>
      <InputField control={control} data-testid="store-name-field" label={t`Name`} name="name" />
      <CityField control={control} onChoose={(label) => set("timezone", label)} onCity={setCountry} />
      <div className="grid grid-cols-2 gap-4">
        <InputField
          control={control}
          description={t`For example 04:00 for a bar.`}
          label={t`Day starts at`}
          name="day_start"
          step={900}
          type="time"
        />
        <InputField
          control={control}
          description={t`Maximum number of people. Optional.`}
          inputMode="numeric"
          label={t`Capacity`}
          name="capacity"
        />
      </div>
      <SelectField control={control} label={t`Weeks begin on`} name="first_weekday">
        {weekdays.map((day, index) => (
          <NativeSelectOption key={day} value={String(index + 1)}>
            {weekdayName(day)}
          </NativeSelectOption>
        ))}
      </SelectField>
      <HolidayFields control={control} onCountryChange={() => set("region", "")} />
      <CheckboxField control={control} label={t`Always open`} name="always_open" />
      {!isAlwaysOpen && <WeekField onWeek={(week) => weekdays.map((day) => set(`days.${day}`, week[day]))} />}
      {!isAlwaysOpen && (
        <FieldSet className="sm:grid-cols-2">
          <FieldLegend>
            <Trans>
              Opening hours, for example 9-17, 9am-5pm, or 9-13, 14-18:30. Leave a day empty if the store is
              closed.
            </Trans>
          </FieldLegend>
          {weekdays.map((day) => (
            <OpeningHoursField
              control={control}
              data-testid={`store-hours-${day}`}
              key={day}
              label={weekdayName(day)}
              name={`days.${day}`}
              placeholder={t({ message: "Closed", context: "a store on a day" })}
            />
          ))}
        </FieldSet>
      )}
      {!isAlwaysOpen && (
        <InputField
          control={control}
          description={t`The store counts as empty when nobody has crossed the line for this time after closing.`}
          inputMode="numeric"
          label={t`Minutes until empty after closing`}
          name="closing_grace_minutes"
        />
      )}
    </>
  );
}
