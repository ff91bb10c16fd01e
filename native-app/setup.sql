-- Snowflake runs this as the app, at installation and again at every upgrade: each statement may be run twice.

-- People who open SnowFlow; and those who also look after the service.
CREATE APPLICATION ROLE IF NOT EXISTS app_user;
CREATE APPLICATION ROLE IF NOT EXISTS app_admin;
GRANT APPLICATION ROLE app_user TO APPLICATION ROLE app_admin;

-- Procedures belong to a version of the app and go with it.
CREATE OR ALTER VERSIONED SCHEMA core;
GRANT USAGE ON SCHEMA core TO APPLICATION ROLE app_admin;

-- The service stays when the version changes, with all that people made: Snowflake allows none in a versioned schema.
CREATE SCHEMA IF NOT EXISTS services;
GRANT USAGE ON SCHEMA services TO APPLICATION ROLE app_user;

-- Called with the privileges that the consumer has granted: manifest.yml, configuration.grant_callback.
CREATE OR REPLACE PROCEDURE core.grant_callback(privileges ARRAY)
  RETURNS VARCHAR
  LANGUAGE SQL
  EXECUTE AS OWNER
AS $$
BEGIN
  -- Compute pools are named within the account, so the app's own name stands before.
  LET pool_name VARCHAR := (SELECT CURRENT_DATABASE()) || '_pool';
  IF (ARRAY_CONTAINS('CREATE COMPUTE POOL'::VARIANT, privileges)) THEN
    CREATE COMPUTE POOL IF NOT EXISTS IDENTIFIER(:pool_name)
      MIN_NODES = 1
      MAX_NODES = 1
      INSTANCE_FAMILY = CPU_X64_S
      AUTO_RESUME = TRUE;
  END IF;
  IF (ARRAY_CONTAINS('BIND SERVICE ENDPOINT'::VARIANT, privileges)) THEN
    -- One instance and never two: its stores are in it.
    CREATE SERVICE IF NOT EXISTS services.snowflow
      IN COMPUTE POOL IDENTIFIER(:pool_name)
      FROM SPECIFICATION_FILE = '/service.yaml'
      MIN_INSTANCES = 1
      MAX_INSTANCES = 1;
    GRANT SERVICE ROLE services.snowflow!app_endpoint TO APPLICATION ROLE app_user;
    GRANT USAGE, MONITOR, OPERATE ON SERVICE services.snowflow TO APPLICATION ROLE app_admin;
  END IF;
  RETURN 'Done.';
END;
$$;
GRANT USAGE ON PROCEDURE core.grant_callback(ARRAY) TO APPLICATION ROLE app_admin;

-- Called after this script, and for the version before where an upgrade fails: manifest.yml, lifecycle_callbacks.version_initializer.
-- At the first installation there is no service yet.
CREATE OR REPLACE PROCEDURE core.version_init()
  RETURNS VARCHAR
  LANGUAGE SQL
  EXECUTE AS OWNER
AS $$
BEGIN
  ALTER SERVICE IF EXISTS services.snowflow FROM SPECIFICATION_FILE = '/service.yaml';
  RETURN 'Done.';
END;
$$;
GRANT USAGE ON PROCEDURE core.version_init() TO APPLICATION ROLE app_admin;
