import { t } from "@lingui/core/macro";
import type { ProblemType as AdminProblemType } from "@metrica/client/admin.ts";
import type { ProblemType as OwnerProblemType } from "@metrica/client/owner.ts";
import type { GeneralProblemType } from "../error-text.ts";

/** The types of the problems of both APIs that only a signed-in user meets. */
type ProblemType = Exclude<AdminProblemType | OwnerProblemType, GeneralProblemType>;

const signedOut = () => t`You are signed out. Sign in again.`;
const technical = () => t`The page sent an invalid request. Reload the page, then try again.`;

/** The sentence about a problem without errors of fields, by its type. TypeScript checks that each type of the APIs has one. */
const words: Record<ProblemType, () => string> = {
  already_owner: () => t`This address already belongs to an owner of the store.`,
  already_subscribed: () => t`You get this report of the store already.`,
  already_superadmin: () => t`This address already belongs to a superadmin.`,
  bad_request: technical,
  camera_archived: () => t`The camera is archived and cannot be changed.`,
  camera_not_found: () => t`This camera does not exist, or you do not have access to it.`,
  channel_not_found: () => t`This notification channel does not exist any more.`,
  database_unavailable: () => t`The database is temporarily unavailable. Try again later.`,
  idempotency_key_in_use: () => t`The same request is still being processed. Wait a moment, then try again.`,
  idempotency_key_reused: technical,
  identity_unavailable: () => t`The sign-in cannot be checked at the moment. Try again later.`,
  import_window_not_found: () => t`This import window is not open any more.`,
  incident_not_found: () => t`This incident does not exist any more.`,
  invalid_token: signedOut,
  invite_not_found: () => t`This invitation is not pending any more.`,
  last_owner: () => t`This is the last owner of the store.`,
  last_superadmin: () => t`This is the last superadmin. Add another one first.`,
  mail_not_sent: () => t`The invitation could not be sent by email, so nothing was stored. Try again.`,
  method_not_allowed: technical,
  no_rejected_instance: () => t`No other edge box has tried to count this camera.`,
  owner_not_found: () => t`This user is not an owner of the store any more.`,
  precondition_failed: () => t`Somebody else has changed this meanwhile. Nothing was saved.`,
  snapshot_not_found: () => t`This camera has not sent a snapshot yet.`,
  store_archived: () => t`The store is archived. Restore it first.`,
  store_not_found: () => t`This store does not exist, or you do not have access to it.`,
  store_settings_invalid: () =>
    t`The settings of the store are not valid. An administrator must correct them.`,
  subscription_not_found: () => t`This report is not subscribed to any more.`,
  superadmin_not_found: () => t`This superadmin does not exist any more.`,
  superadmin_removed: () => t`Your account is not a superadmin any more.`,
  superadmin_required: () =>
    t`Only superadmins get the incidents of the whole installation. Choose another scope.`,
  token_expired: signedOut,
  too_large: () => t`This is too large.`,
  too_many_channels: () => t`You have the maximum number of notification channels. Delete one first.`,
  too_many_corrections: () => t`The number of people was corrected too often. Wait a minute, then try again.`,
  too_many_keys: () => t`The store has the maximum number of worker keys. Revoke one first.`,
  too_many_wall_links: () => t`The store has the maximum number of links for screens. Revoke one first.`,
  unsupported_media_type: technical,
  validation_error: () => t`The input is not valid.`,
  view_unchanged: () => t`The edge box does not report that the view of this camera has changed.`,
  wall_link_not_found: () => t`This link does not exist any more.`,
  window_in_future: () => t`The end is in the future. Only past data can be imported.`,
  window_not_over: () => t`The end is in the future. Enter the count after it.`,
  window_too_old: () => t`The start is too long ago: older data is deleted, so it cannot be imported.`,
  worker_key_not_found: () => t`This worker key is not active any more.`,
};

/** Returns the sentence about a type of problem in the language of the page; undefined for a type of a newer API. */
export function describeProblem(type: string): string | undefined {
  return Object.hasOwn(words, type) ? words[type as ProblemType]() : undefined;
}
