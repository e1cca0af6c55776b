import type { Anchor, Camera } from "@metrica/client/admin.ts";
import { Field, SelectField } from "@metrica/ui/field.tsx";
import type { SubmitEvent } from "react";
import { FormActions } from "#shared/form-actions.tsx";
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
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const settings: CameraSettings = {
      name: String(fields.get("name")).trim(),
      is_counting_line: fields.get("is_counting_line") === "on",
      anchor: fields.get("anchor") === "center" ? "center" : "foot",
      sample_fps: Number(fields.get("sample_fps")),
      snapshot_interval_s: Math.round(Number(fields.get("snapshot_minutes")) * 60),
      min_stay_s: Number(fields.get("min_stay_s")),
      ignore_children: fields.get("ignore_children") === "on",
    };
    save.mutate(settings, { onSuccess: onSaved });
  }

  return (
    <form className="grid gap-4" onSubmit={submit}>
      <Field
        data-testid="camera-name-field"
        defaultValue={camera?.name}
        label="Name"
        maxLength={120}
        name="name"
        placeholder="Entrance"
        required
      />
      <SelectField
        defaultValue={camera?.anchor ?? "foot"}
        hint="The point of the bounding box that must cross the line."
        label="Anchor"
        name="anchor"
      >
        <option value="foot">Foot: for cameras at an angle</option>
        <option value="center">Center: for cameras that look straight down</option>
      </SelectField>
      <div className="grid grid-cols-2 gap-4">
        <Field
          defaultValue={camera?.sample_fps ?? 10}
          hint="At a door, 8 or more: otherwise people walk too far between two frames."
          label="Frames per second"
          max={60}
          min={4}
          name="sample_fps"
          required
          step="any"
          type="number"
        />
        <Field
          defaultValue={(camera?.snapshot_interval_s ?? 0) / 60}
          hint="0: only on request."
          label="Snapshot interval (minutes)"
          max={1440}
          min={0}
          name="snapshot_minutes"
          required
          step="any"
          type="number"
        />
      </div>
      <label className="flex items-start gap-2 text-sm">
        <input
          className="mt-0.5 size-4 accent-accent"
          defaultChecked={camera?.is_counting_line ?? true}
          name="is_counting_line"
          type="checkbox"
        />
        <span>
          Count crossings for the store
          <span className="block text-[13px] text-ink-faint">
            A change takes effect at the next quarter-hour. Earlier counts do not change.
          </span>
        </span>
      </label>
      <Field
        defaultValue={camera?.min_stay_s ?? 0}
        hint="People who go in and out again within this time are not counted, and every entry is reported this much later; 0: as set on the edge box, by default off."
        label="Shortest stay (seconds)"
        max={60}
        min={0}
        name="min_stay_s"
        required
        step="any"
        type="number"
      />
      <label className="flex items-start gap-2 text-sm">
        <input
          className="mt-0.5 size-4 accent-accent"
          defaultChecked={camera?.ignore_children ?? false}
          name="ignore_children"
          type="checkbox"
        />
        <span>
          Ignore children
          <span className="block text-[13px] text-ink-faint">
            People below 70 % of the usual height at their part of the line are not counted; this needs a view
            from the side. Not checked: as set on the edge box, by default off.
          </span>
        </span>
      </label>
      <FormActions
        busy={save.isPending}
        error={save.error}
        onCancel={onCancel}
        submitLabel={camera === null ? "Add" : "Save"}
      />
    </form>
  );
}
