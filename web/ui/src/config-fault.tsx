import { Notice } from "./notice.tsx";
import { Wordmark } from "./wordmark.tsx";

/** Instead of the app, when it does not know what to talk to. */
export function ConfigFault({ problems }: { problems: readonly string[] }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-6 px-5">
      <Wordmark className="text-xl" />
      <Notice tone="critical">
        <p className="font-medium">This page is not set up correctly.</p>
        <ul className="mt-1 list-disc pl-4">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Notice>
      <p className="text-ink-soft text-sm">
        Whoever runs this installation finds these settings in /config.json.
      </p>
    </main>
  );
}
