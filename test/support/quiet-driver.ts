// The driver reads these when it is first required, logs to a file by default and probes cloud metadata hosts.
process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = '1';
import snowflake from 'snowflake-sdk';

snowflake.configure({ logLevel: 'OFF' });
