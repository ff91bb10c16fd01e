const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** The parser's kinds of aggregate functions. */
export const AGGREGATE_KINDS = words(
  `aggregate_function sum count avg min max median mode stddev stddev_pop stddev_samp variance var_pop var_samp count_if
   list_agg array_agg any_value approx_distinct approx_count_distinct approx_quantile approx_percentile percentile_cont
   percentile_disc corr covar_pop covar_samp skewness kurtosis hash_agg object_agg logical_and logical_or bit_and_agg
   bit_or_agg bit_xor_agg string_agg group_concat max_by min_by arg_max arg_min array_unique_agg array_union_agg`,
);

/** Parts of dates, which stand as bare words in DATEADD and its like. */
export const DATE_PARTS = words(
  `YEAR YEARS Y YY YYY YYYY YR QUARTER QUARTERS Q QTR MONTH MONTHS MM MON WEEK WEEKS W WK WEEKOFYEAR WEEKISO DAY DAYS D DD
   DAYOFMONTH DAYOFWEEK DAYOFWEEKISO DOW DAYOFYEAR DOY HOUR HOURS H HH HR MINUTE MINUTES M MI MIN SECOND SECONDS S SEC
   MILLISECOND MS MICROSECOND US NANOSECOND NS EPOCH EPOCH_SECOND EPOCH_MILLISECOND YEAROFWEEK YEAROFWEEKISO`,
);

/** Functions that Snowflake calls without parentheses. */
export const WITHOUT_PARENTHESES = words(
  'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER',
);
