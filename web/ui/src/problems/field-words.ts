import { plural, t } from "@lingui/core/macro";
import type { FieldErrorType } from "@metrica/client/owner.ts";
import type { FieldProblem } from "@metrica/client/problem.ts";
import { currentLocale } from "../language/language.ts";

/** The numbers and names of a sentence, as the API sends them. */
class Params {
  readonly #values: FieldProblem["params"];

  constructor(values: FieldProblem["params"]) {
    this.#values = values;
  }

  /** Returns a number. Throws `MissingParam` when the API has not sent it. */
  number(name: string): number {
    const value = this.#values[name];
    if (typeof value !== "number") throw new MissingParam(name);
    return value;
  }

  /** Returns a number as it is written in the language of the page. */
  formatted(name: string): string {
    return new Intl.NumberFormat(currentLocale()).format(this.number(name));
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value !== "string") throw new MissingParam(name);
    return value;
  }

  /** Returns a day, such as `2026-11-01`, as it is written in the language of the page. */
  day(name: string): string {
    const day = new Date(`${this.text(name).slice(0, 10)}T00:00:00Z`);
    return new Intl.DateTimeFormat(currentLocale(), { dateStyle: "medium", timeZone: "UTC" }).format(day);
  }

  /** Returns the hours of a day, `mon 09:00–17:00` or `09:00–17:00`, with the name of the day in the language of the page. */
  hours(name: string): string {
    const text = this.text(name);
    const index = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].indexOf(text.slice(0, 3));
    if (index < 0) return text;
    const format = new Intl.DateTimeFormat(currentLocale(), { weekday: "long", timeZone: "UTC" });
    return `${format.format(Date.UTC(2024, 0, 1 + index))} ${text.slice(4)}`; // 1 January 2024 was a Monday
  }
}

class MissingParam extends Error {}

const technical = () => t`The page sent an invalid request. Reload the page, then try again.`;
const enterDate = () => t`Enter a date, such as 2026-11-01.`;
const enterNumber = () => t`Enter a number.`;
const enterText = () => t`Enter a text.`;
const enterTime = () => t`Enter a time, such as 09:00.`;
const enterTimestamp = () => t`Enter a date and a time with its offset, such as 2026-11-22T09:15:00Z.`;
const enterValue = () => t`Enter a value.`;
const enterWholeNumber = () => t`Enter a whole number.`;
const chooseListed = () => t`Choose one of the values of the list.`;
const chooseYesOrNo = () => t`Choose yes or no.`;
const notAnId = () => t`This is not a valid ID.`;

/** The sentence about the input of a field, by the type of the error. TypeScript checks that each type of the APIs has one. */
const words: Record<FieldErrorType, (params: Params) => string> = {
  bool_parsing: chooseYesOrNo,
  bool_type: chooseYesOrNo,
  control_characters: () => t`Remove line breaks and other control characters.`,
  country_missing: () => t`Choose the country of the region.`,
  country_unknown: () => t`The public holidays of this country are not known. Choose no country.`,
  date_from_datetime_inexact: enterDate,
  date_from_datetime_parsing: enterDate,
  date_parsing: enterDate,
  date_type: enterDate,
  datetime_from_date_parsing: enterTimestamp,
  datetime_object_invalid: enterTimestamp,
  datetime_parsing: enterTimestamp,
  datetime_type: enterTimestamp,
  dict_type: technical,
  email_invalid: () => t`Enter an email address, such as anna@example.com.`,
  enum: chooseListed,
  extra_forbidden: technical,
  finite_number: enterNumber,
  float_parsing: enterNumber,
  float_type: enterNumber,
  future_date: () => t`This must not be in the future.`,
  greater_than: (params) => {
    const limit = params.formatted("gt");
    return t`Enter more than ${limit}.`;
  },
  greater_than_equal: (params) => {
    const limit = params.formatted("ge");
    return t`Enter ${limit} or more.`;
  },
  idempotency_key_invalid: technical,
  if_match_invalid: technical,
  int_from_float: enterWholeNumber,
  int_parsing: enterWholeNumber,
  int_parsing_size: enterWholeNumber,
  int_type: enterWholeNumber,
  interval_too_short: (params) => {
    const seconds = params.formatted("min_seconds");
    return t`Enter 0, or at least ${seconds} seconds.`;
  },
  invalid_value: () => t`This value is not valid.`,
  json_invalid: technical,
  less_than: (params) => {
    const limit = params.formatted("lt");
    return t`Enter less than ${limit}.`;
  },
  less_than_equal: (params) => {
    const limit = params.formatted("le");
    return t`Enter ${limit} or less.`;
  },
  line_too_short: () => t`The line is too short: move its ends apart.`,
  list_type: technical,
  literal_error: chooseListed,
  min_stay_out_of_range: (params) => {
    const seconds = params.formatted("max_seconds");
    return t`Enter 0 to ${seconds} seconds, because every entry is reported this much later.`;
  },
  missing: enterValue,
  model_attributes_type: technical,
  model_type: technical,
  multiple_of: (params) => {
    const factor = params.formatted("multiple_of");
    return t`Enter a multiple of ${factor}.`;
  },
  mute_out_of_range: (params) => {
    const days = params.formatted("max_days");
    return t`Choose a time in the future, at most ${days} days ahead.`;
  },
  needs_period: () => t`Choose the period to compare.`,
  not_a_date: enterDate,
  not_a_time: () => t`Enter a date or a time, such as 2026-11-01 or 2026-11-01T09:00.`,
  not_a_timestamp: enterTimestamp,
  not_a_webhook: () => t`Only a webhook has a URL.`,
  not_after_from: () => t`The end must be after the start.`,
  not_null: enterValue,
  not_on_a_quarter_hour: () => t`Choose a time on a quarter-hour, such as 04:00 or 09:15.`,
  not_with_range: () => t`Choose a period with a date, or a start and an end, but not both.`,
  not_within_a_day: () => t`The end must be after the start, by at most a day.`,
  nothing_given: () => t`Enter at least one value.`,
  out_of_range: (params) => {
    const first = params.day("first");
    const last = params.day("last");
    return t`Choose a date from ${first} to ${last}.`;
  },
  overlapping_hours: (params) => {
    const first = params.hours("first");
    const second = params.hours("second");
    return t`${first} overlaps ${second}. Hours that do not end later than they begin continue on the next day: change one of the two.`;
  },
  parts_not_consecutive: () => t`The parts of the count must follow one another, up to the end.`,
  parts_sum_differs: () => t`The counts must be the sums of their parts.`,
  quiet_hours_empty: () => t`Start and end must differ. To send nothing at all, disable the channel.`,
  range_too_long: (params) => {
    const days = params.formatted("max_days");
    return t`Choose at most ${days} days.`;
  },
  region_unknown: () => t`The public holidays of this region are not known. Choose no region.`,
  store_of_scope: () => t`Choose a store for notifications of one store only.`,
  string_pattern_mismatch: () => t`This does not have the expected form.`,
  string_too_long: (params) => {
    const length = params.number("max_length");
    return plural(length, { one: "Use at most # character.", other: "Use at most # characters." });
  },
  string_too_short: (params) => {
    const length = params.number("min_length");
    return plural(length, { one: "Use at least # character.", other: "Use at least # characters." });
  },
  string_type: enterText,
  string_unicode: enterText,
  time_parsing: enterTime,
  time_type: enterTime,
  time_zone_invalid: () => t`Enter the time zone of a place, such as Europe/Berlin.`,
  time_zone_unknown: (params) => {
    const timeZone = params.text("timezone");
    return t`The database does not know the time zone ${timeZone}. Update the time zone data (tzdata) of its server.`;
  },
  timezone_aware: enterTimestamp,
  too_early: (params) => {
    const earliest = params.day("earliest");
    return t`Choose a date from ${earliest} on.`;
  },
  too_few_frames: (params) => {
    const fps = params.formatted("min_fps");
    const reliableFps = params.formatted("reliable_fps");
    return t`People at a door move too far between two frames. Use at least ${fps} frames per second, better ${reliableFps}.`;
  },
  too_long: (params) => {
    const length = params.formatted("max_length");
    return t`Choose at most ${length}.`;
  },
  too_short: (params) => {
    const length = params.formatted("min_length");
    return t`Choose at least ${length}.`;
  },
  unstorable_value: () => t`This value cannot be stored.`,
  url_of_kind: () => t`A webhook needs a URL. Mail goes to the address of your account.`,
  uuid_parsing: notAnId,
  uuid_type: notAnId,
  webhook_url: (params) => describeUrl(params.text("rule")),
  window_reversed: () => t`The start must be before the end.`,
  window_too_long: (params) => {
    const days = params.formatted("max_days");
    return t`Choose at most ${days} days, or a longer interval.`;
  },
  year_out_of_range: (params) => {
    // A year has no thousands separator.
    const [first, last] = [String(params.number("first")), String(params.number("last"))];
    return t`Choose a year from ${first} to ${last}.`;
  },
};

function describeUrl(rule: string): string {
  switch (rule) {
    case "characters":
      return t`The URL is too long, or has characters that are not printable ASCII.`;
    case "credentials":
      return t`The URL must not contain a user name or a password.`;
    case "fragment":
      return t`The URL must not contain a fragment (#).`;
    case "scheme":
      return t`The URL must begin with https://.`;
    case "host":
      return t`The URL must name a public host, such as example.com: no address, and no name of a local network.`;
    case "port":
      return t`The URL must have the port 443 or 8443.`;
    default:
      return t`This is not a URL such as https://example.com/hook.`;
  }
}

/** Returns the sentence about a field in the language of the page; undefined for a type, or a number of it, of a newer API. */
export function describeField({ code, params }: FieldProblem): string | undefined {
  if (!Object.hasOwn(words, code)) return undefined;
  try {
    return words[code as FieldErrorType](new Params(params));
  } catch (error) {
    if (error instanceof MissingParam) return undefined;
    throw error;
  }
}
