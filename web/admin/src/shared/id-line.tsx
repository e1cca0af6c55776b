/** An id in full, for copying into a command. */
export function IdLine({ name, id }: { name: string; id: string }) {
  return (
    <p className="mt-5 text-[13px] text-ink-faint">
      {name} <code className="ml-1 select-all break-all text-ink text-xs">{id}</code>
    </p>
  );
}
