import { t } from "@lingui/core/macro";

/** `Yes` or `No`. */
export function yesOrNo(value: boolean): string {
  return value ? t`Yes` : t`No`;
}
