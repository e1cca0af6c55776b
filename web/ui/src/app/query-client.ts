import { ApiProblem } from "@metrica/client/problem.ts";
import { QueryClient } from "@tanstack/react-query";

/** Answers that say no are final; silence and a server in trouble are asked again, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.status < 500),
        retryDelay: (failures) => 500 * 2 ** failures,
      },
    },
  });
}
