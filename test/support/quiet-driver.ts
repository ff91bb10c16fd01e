import type snowflakeSdk from 'snowflake-sdk';

// The driver reads these when it is first required: it probes cloud metadata hosts and logs to a file unless told not to.
process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = '1';
const snowflake = require('snowflake-sdk') as typeof snowflakeSdk;
snowflake.configure({ logLevel: 'OFF' });

export default snowflake;
