import { t } from "@lingui/core/macro";
import type { Delivery } from "@metrica/client/owner.ts";
import { Alert, AlertDescription } from "@metrica/ui/components/ui/alert.tsx";
import { errorText } from "@metrica/ui/error-text.ts";
import { useQuery } from "@tanstack/react-query";
import { useServices } from "#shared/services.ts";
import { deliveriesQuery, type useTestChannel } from "./api/deliveries.ts";

interface TestResultProps {
  channelId: string;
  test: Pick<ReturnType<typeof useTestChannel>, "data" | "error">;
}

/** What became of the test of a channel. */
export function TestResult({ channelId, test }: TestResultProps) {
  if (test.error !== null) {
    return (
      <Alert data-testid="channel-test" variant="destructive">
        <AlertDescription>{errorText(test.error)}</AlertDescription>
      </Alert>
    );
  }
  return test.data === undefined ? null : <SentTest channelId={channelId} sent={test.data} />;
}

function SentTest({ channelId, sent }: { channelId: string; sent: Delivery }) {
  const { owner } = useServices();
  const deliveries = useQuery(deliveriesQuery(owner, channelId));
  const found = deliveries.data?.deliveries.find(({ delivery_id }) => delivery_id === sent.delivery_id);
  const { text, variant } = describeTest(found ?? sent);
  return (
    <Alert data-testid="channel-test" variant={variant}>
      <AlertDescription>{text}</AlertDescription>
    </Alert>
  );
}

function describeTest({ state, attempts, ...delivery }: Delivery) {
  const outcome = delivery.outcome ?? "";
  if (state === "delivered") return { text: t`The test was delivered.`, variant: "success" } as const;
  if (state === "failed")
    return { text: t`The test was not delivered: ${outcome}`, variant: "destructive" } as const;
  if (attempts > 0)
    return {
      text: t`The test was not delivered yet: ${outcome} It is tried again.`,
      variant: "warning",
    } as const;
  return { text: t`The test is sent within a minute.`, variant: "default" } as const;
}
