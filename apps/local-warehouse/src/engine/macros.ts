/**
 * Snowflake's rules where DuckDB has others, as macros: each is created once, before DuckDB is locked. Names start with sf_.
 */
const definitions: readonly string[] = [
  // Exact decimal division: both sides as whole numbers, rounded half away from zero.
  `sf_round_div(n, d) AS CASE WHEN d = 0 THEN error('Division by zero')
     ELSE ((abs(n) * 2 + abs(d)) // (abs(d) * 2)) * sign(n) * sign(d) END`,
  `sf_real_div(a, b) AS CASE WHEN b = 0 THEN error('Division by zero') ELSE a / b END`,
  `sf_mod(a, b) AS CASE WHEN b = 0 THEN error('Division by zero') ELSE a % b END`,
  `sf_real_text(x) AS CASE WHEN isnan(x) THEN 'NaN' ELSE regexp_replace(x::VARCHAR, '\\.0$', '') END`,
  // A decimal as JSON without the zeros behind its last digit; DuckDB's own conversion goes through a double.
  `sf_number_json(x) AS CASE WHEN contains(x::VARCHAR, '.') THEN rtrim(rtrim(x::VARCHAR, '0'), '.') ELSE x::VARCHAR END::JSON`,
  `sf_json_text(v) AS json_extract_string(v, '$')`,
  `sf_to_boolean(x) AS CASE WHEN lower(trim(x)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN true
     WHEN lower(trim(x)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN false
     WHEN x IS NULL THEN NULL ELSE error('Could not convert string ''' || x || ''' to BOOL') END`,
  `sf_try_boolean(x) AS CASE WHEN lower(trim(x)) IN ('true', 't', 'yes', 'y', 'on', '1') THEN true
     WHEN lower(trim(x)) IN ('false', 'f', 'no', 'n', 'off', '0') THEN false END`,
  `sf_try_date(x) AS CASE
     WHEN regexp_full_match(trim(x), '\\d{4}-\\d{1,2}-\\d{1,2}([ T].*)?') THEN TRY_CAST(TRY_CAST(trim(x) AS TIMESTAMP) AS DATE)
     WHEN regexp_full_match(trim(x), '\\d{1,2}/\\d{1,2}/\\d{4}') THEN TRY_CAST(try_strptime(trim(x), '%m/%d/%Y') AS DATE)
     WHEN regexp_full_match(trim(x), '\\d{1,2}-[A-Za-z]{3}-\\d{4}') THEN TRY_CAST(try_strptime(trim(x), '%d-%b-%Y') AS DATE) END`,
  `sf_to_date(x) AS CASE WHEN x IS NULL THEN NULL ELSE coalesce(sf_try_date(x), error('invalid date field format: "' || x || '"')::DATE) END`,
  `sf_try_timestamp(x) AS CASE
     WHEN regexp_full_match(trim(x), '\\d{4}-\\d{1,2}-\\d{1,2}([ T]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?)?') THEN TRY_CAST(trim(x) AS TIMESTAMP)
     WHEN regexp_full_match(trim(x), '\\d{1,2}/\\d{1,2}/\\d{4} \\d{1,2}:\\d{2}:\\d{2}') THEN try_strptime(trim(x), '%m/%d/%Y %H:%M:%S')
     WHEN regexp_full_match(trim(x), '-?\\d{1,10}') THEN make_timestamp(TRY_CAST(x AS BIGINT) * 1000000) END`,
  `sf_to_timestamp(x) AS CASE WHEN x IS NULL THEN NULL
     ELSE coalesce(sf_try_timestamp(x), error('invalid timestamp field format: "' || x || '"')::TIMESTAMP) END`,
  // With a zone the instant is kept, as TIMESTAMP_LTZ does; without one it is the session's zone, which is UTC.
  `sf_try_timestamp_ltz(x) AS CASE
     WHEN regexp_full_match(trim(x), '.*\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)? ?(Z|[+-]\\d{2}:?\\d{2})') THEN TRY_CAST(regexp_replace(trim(x), ' ?([+-]\\d{2}):?(\\d{2})$', '\\1:\\2') AS TIMESTAMPTZ)
     ELSE CAST(sf_try_timestamp(x) AS TIMESTAMPTZ) END`,
  `sf_to_timestamp_ltz(x) AS CASE WHEN x IS NULL THEN NULL
     ELSE coalesce(sf_try_timestamp_ltz(x), error('invalid timestamp field format: "' || x || '"')::TIMESTAMPTZ) END`,
  `sf_timestamp_text(x) AS strftime(x, '%Y-%m-%d %H:%M:%S.%g')`,
  // A text that does not fit its column is an error, never cut.
  `sf_fit(x, n, full_name) AS CASE WHEN length(x) > n THEN error('TOO LONG ' || x) ELSE x END`,
  // Months are added to the end of a month as Snowflake's DATEADD does.
  `sf_add_months(d, n) AS d + to_months(n)`,
  `sf_add_months_last(d, n) AS CASE WHEN d = last_day(d) THEN last_day(CAST(d + to_months(n) AS DATE)) ELSE d + to_months(n) END`,
  `sf_iso_week_start(d) AS date_trunc('week', d)`,
  `sf_initcap(s) AS array_to_string(list_transform(regexp_extract_all(s, '[A-Za-z0-9]+|[^A-Za-z0-9]+'), lambda w: upper(w[1]) || lower(w[2:])), '')`,
  `sf_charindex(n, h, start) AS CASE WHEN instr(substr(h, start), n) = 0 THEN 0 ELSE instr(substr(h, start), n) + start - 1 END`,
  `sf_split_part(s, d, n) AS split_part(s, d, CASE WHEN n = 0 THEN 1 ELSE n END)`,
  `sf_strtok(s, d, n) AS nullif(list_filter(regexp_split_to_array(s, '[' || regexp_escape(d) || ']'), lambda w: w <> '')[n], '')`,
  `sf_uniform(low, high, seed) AS low + (abs(hash(seed)::HUGEINT) % (high - low + 1))::BIGINT`,
  `sf_hash(x) AS (hash(x)::HUGEINT - 9223372036854775808::HUGEINT)`,
];

export const macros: readonly string[] = definitions.map((definition) => `CREATE MACRO ${definition}`);
