import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import type { Anchor, Camera } from "@metrica/client/admin.ts";
import { NativeSelectOption } from "@metrica/ui/components/ui/native-select.tsx";
import { CheckboxField } from "@metrica/ui/form/checkbox-field.tsx";
import { FormActions } from "@metrica/ui/form/form-actions.tsx";
import { InputField } from "@metrica/ui/form/input-field.tsx";
import { numberText, requiredText } from "@metrica/ui/form/rules.ts";
import { SelectField } from "@metrica/ui/form/select-field.tsx";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { useServices } from "#shared/services.ts";
import { useChangeCamera, useCreateCamera } from "./api/save-camera.ts";

interface FormProps {
  onSaved: (camera: Camera) => void;
  onCancel: () => void;
}

export function NewCameraForm({ storeId, ...props }: FormProps & { storeId: string }) {
  const { admin } = useServices();
  const create = useCreateCamera(admin, storeId);
  return <CameraForm {...props} camera={null} save={create} />;
}

export function EditCameraForm({ camera, ...props }: FormProps & { camera: Camera }) {
  const { admin } = useServices();
  const change = useChangeCamera(admin, camera.camera_id);
  return <CameraForm {...props} camera={camera} save={change} />;
}

const schema = z.object({
  name: requiredText("Enter a name.", 120),
  is_counting_line: z.boolean(),
  anchor: z.enum(["foot", "center"]),
  sample_fps: numberText({ min: 4, max: 60 }),
  snapshot_minutes: numberText({ min: 0, max: 1440 }),
  min_stay_s: numberText({ min: 0, max: 60 }),
  ignore_children: z.boolean(),
});

interface CameraSettings {
  name: string;
  is_counting_line: boolean;
  anchor: Anchor;
  sample_fps: number;
  snapshot_interval_s: number;
  min_stay_s: number;
  ignore_children: boolean;
}

interface SaveMutation {
  mutate: (settings: CameraSettings, options: { onSuccess: (camera: Camera) => void }) => void;
  isPending: boolean;
  error: Error | null;
}

function CameraForm({
  camera,
  save,
  onSaved,
  onCancel,
}: FormProps & { camera: Camera | null; save: SaveMutation }) {
  const { control, handleSubmit } = useForm({
    resolver: standardSchemaResolver(schema),
    defaultValues: {
      name: camera?.name ?? "",
      is_counting_line: camera?.is_counting_line ?? true,
      anchor: camera?.anchor ?? "foot",
      sample_fps: String(camera?.sample_fps ?? 10),
      snapshot_minutes: String((camera?.snapshot_interval_s ?? 0) / 60),
      min_stay_s: String(camera?.min_stay_s ?? 0),
      ignore_children: camera?.ignore_children ?? false,
    },
  });
  const submit = handleSubmit(({ snapshot_minutes, ...settings }) =>
    save.mutate(
      { ...settings, snapshot_interval_s: Math.round(snapshot_minutes * 60) },
      { onSuccess: onSaved },
    ),
  );

  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <InputField
        control={control}
        data-testid="camera-name-field"
        label="Name"
        name="name"
        placeholder="Entrance"
      />
      <SelectField
        control={control}
        description="The point of the bounding box that must cross the line."
        label="Anchor"
        name="anchor"
      >
        <NativeSelectOption value="foot">Foot: for cameras at an angle</NativeSelectOption>
        <NativeSelectOption value="center">Center: for cameras that look straight down</NativeSelectOption>
      </SelectField>
      <div className="grid grid-cols-2 gap-4">
        <InputField
          control={control}
          description="At a door, 8 or more: otherwise people walk too far between two frames."
          inputMode="decimal"
          label="Frames per second"
          name="sample_fps"
        />
        <InputField
          control={control}
          description="0: only on request."
          inputMode="decimal"
          label="Snapshot interval (minutes)"
          name="snapshot_minutes"
        />
      </div>
      <CheckboxField
        control={control}
        description="A change takes effect at the next quarter-hour. Earlier counts do not change."
        label="Count crossings for the store"
        name="is_counting_line"
      />
      <InputField
        control={control}
        description="People who go in and out again within this time are not counted, and every entry is reported this much later; 0: as set on the edge box, by default off."
        inputMode="decimal"
        label="Shortest stay (seconds)"
        name="min_stay_s"
      />
      <CheckboxField
        control={control}
        description="People below 70 % of the usual height at their part of the line are not counted; this needs a view from the side. Not checked: as set on the edge box, by default off."
        label="Ignore children"
        name="ignore_children"
      />
      <FormActions
        busy={save.isPending}
        error={save.error}
        onCancel={onCancel}
        submitLabel={camera === null ? "Add" : "Save"}
      />
    </form>
  );
}
