import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { Camera, CameraCreate } from "@metrica/client/admin.ts";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { placeApiErrors } from "@metrica/ui/form/api-errors.ts";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { numberText, requiredText } from "@metrica/ui/form/rules.ts";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { formatSeconds } from "@metrica/ui/format/duration.ts";
import { formatSetting } from "@metrica/ui/format/number.ts";
import { useState } from "react";
import { type Control, type FieldPath, useForm } from "react-hook-form";
import * as z from "zod/mini";
import { formatLine, toLine } from "#features/line/geometry.ts";
import type { MergeField } from "#shared/conflict/conflict.ts";
import { MergeActions } from "#shared/conflict/merge-actions.tsx";
import { useMerge } from "#shared/conflict/use-merge.ts";
import { useServices } from "#shared/services.ts";
import { yesOrNo } from "#shared/yes-or-no.ts";
import { useChangeCamera, useCreateCamera } from "./api/save-camera.ts";
import { anchorName, formatSnapshotInterval } from "./format-settings.ts";

interface FormProps {
  onSaved: (camera: Camera) => void;
  onCancel: () => void;
}

const schema = z.object({
  name: requiredText(() => t`Enter a name.`, 120),
  is_counting_line: z.boolean(),
  anchor: z.enum(["foot", "center"]),
  sample_fps: numberText({ min: 4, max: 60 }),
  snapshot_minutes: numberText({ min: 0, max: 1440 }),
  min_stay_s: numberText({ min: 0, max: 60 }),
  ignore_children: z.boolean(),
});

type Values = z.input<typeof schema>;

/** The field of the form for each member of the request. */
const apiFields: Record<string, FieldPath<Values>> = {
  name: "name",
  is_counting_line: "is_counting_line",
  anchor: "anchor",
  sample_fps: "sample_fps",
  snapshot_interval_s: "snapshot_minutes",
  min_stay_s: "min_stay_s",
  ignore_children: "ignore_children",
};

/** What another superadmin can change while the form is open. */
function mergedFields(): readonly MergeField<Camera>[] {
  return [
    { name: "name", label: t`Name`, text: (camera) => camera.name },
    { name: "anchor", label: t`Anchor`, text: (camera) => anchorName(camera.anchor) },
    { name: "sample_fps", label: t`Frames per second`, text: (camera) => formatSetting(camera.sample_fps) },
    {
      name: "snapshot_minutes",
      label: t`Snapshot interval`,
      text: (camera) => formatSnapshotInterval(camera.snapshot_interval_s),
    },
    {
      name: "is_counting_line",
      label: t`Count crossings for the store`,
      text: (camera) => yesOrNo(camera.is_counting_line),
    },
    { name: "min_stay_s", label: t`Shortest stay`, text: (camera) => formatSeconds(camera.min_stay_s) },
    { name: "ignore_children", label: t`Ignore children`, text: (camera) => yesOrNo(camera.ignore_children) },
    { name: null, label: t`Counting line`, text: (camera) => formatLine(toLine(camera.line)) },
  ];
}

interface NewCameraFormProps extends Partial<FormProps> {
  storeId: string;
}

/** The name and the anchor of a new camera. The other settings are right for most, so they are collapsed. */
export function NewCameraForm({ storeId, onSaved, onCancel }: NewCameraFormProps) {
  const { admin } = useServices();
  const create = useCreateCamera(admin, storeId);
  const [error, setError] = useState<Error | null>(null);
  const { control, handleSubmit, setError: setFieldError } = useCameraForm(null);
  const submit = handleSubmit((values) =>
    create.mutate(toSettings(values), {
      onSuccess: (camera) => onSaved?.(camera),
      onError: (problem) => setError(placeApiErrors(problem, setFieldError, apiFields)),
    }),
  );
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <MainFields control={control} />
      <details>
        <summary className="w-fit cursor-pointer rounded text-[13px] text-muted-foreground">
          <Trans>More settings</Trans>
        </summary>
        <div className="mt-4 grid gap-4">
          <OtherFields control={control} />
        </div>
      </details>
      <FormActions busy={create.isPending} error={error} onCancel={onCancel} submitLabel={t`Add`} />
    </form>
  );
}

export function EditCameraForm({ camera, onSaved, onCancel }: FormProps & { camera: Camera }) {
  const { admin } = useServices();
  const change = useChangeCamera(admin, camera.camera_id);
  const [error, setError] = useState<Error | null>(null);
  const form = useCameraForm(camera);
  const merge = useMerge({
    resource: camera,
    fields: mergedFields(),
    read: () => ({ ...camera, ...toSettings(schema.parse(form.getValues())) }),
    write: (name, current) => {
      const field = name as FieldPath<Values>;
      form.setValue(field, toValues(current)[field], { shouldDirty: true });
    },
  });
  const submit = form.handleSubmit((values) =>
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
      <MainFields control={form.control} />
      <OtherFields control={form.control} />
      <MergeActions busy={change.isPending} error={error} merge={merge} onCancel={onCancel} />
    </form>
  );
}

function useCameraForm(camera: Camera | null) {
  return useForm({ resolver: standardSchemaResolver(schema), defaultValues: toValues(camera) });
}

function toValues(camera: Camera | null): Values {
  return {
    name: camera?.name ?? "",
    is_counting_line: camera?.is_counting_line ?? true,
    anchor: camera?.anchor ?? "foot",
    sample_fps: String(camera?.sample_fps ?? 10),
    snapshot_minutes: String((camera?.snapshot_interval_s ?? 0) / 60),
    min_stay_s: String(camera?.min_stay_s ?? 0),
    ignore_children: camera?.ignore_children ?? false,
  };
}

function toSettings({ snapshot_minutes, ...settings }: z.output<typeof schema>) {
  return { ...settings, snapshot_interval_s: Math.round(snapshot_minutes * 60) } satisfies CameraCreate;
}

interface FieldsProps {
  control: Control<Values, unknown, z.output<typeof schema>>;
}

function MainFields({ control }: FieldsProps) {
  return (
    <>
      <InputField
        control={control}
        data-testid="camera-name-field"
        label={t`Name`}
        name="name"
        placeholder={t`Entrance`}
      />
      <SelectField
        control={control}
        description={t`The point of the bounding box that must cross the line.`}
        label={t`Anchor`}
        name="anchor"
      >
        <NativeSelectOption value="foot">{t`Foot: for cameras at an angle`}</NativeSelectOption>
        <NativeSelectOption value="center">{t`Center: for cameras that look straight down`}</NativeSelectOption>
      </SelectField>
    </>
  );
}

function OtherFields({ control }: FieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <InputField
          control={control}
          data-testid="camera-fps-field"
          description={t`At a door, 8 or more: otherwise people walk too far between two frames.`}
          inputMode="decimal"
          label={t`Frames per second`}
          name="sample_fps"
        />
        <InputField
          control={control}
          description={t`0: only on request.`}
          inputMode="decimal"
          label={t`Snapshot interval (minutes)`}
          name="snapshot_minutes"
        />
      </div>
      <CheckboxField
        control={control}
        description={t`A change takes effect at the next quarter-hour. Earlier counts do not change.`}
        label={t`Count crossings for the store`}
        name="is_counting_line"
      />
      <InputField
        control={control}
        description={t`People who go in and out again within this time are not counted, and every entry is reported this much later; 0: as set on the edge box, by default off.`}
        inputMode="decimal"
        label={t`Shortest stay (seconds)`}
        name="min_stay_s"
      />
      <CheckboxField
        control={control}
        description={t`People below 70 % of the usual height at their part of the line are not counted; this needs a view from the side. Not checked: as set on the edge box, by default off.`}
        label={t`Ignore children`}
        name="ignore_children"
      />
    </>
  );
}
