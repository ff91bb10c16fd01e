/** Read by the driver when it is loaded: without it, it asks cloud metadata hosts where it runs. Import it first. */
process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
