import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- How somebody wishes to be told; the code knows what holds for whoever said nothing.
CREATE TABLE identity.manner (
  account_id uuid CONSTRAINT manner_pk PRIMARY KEY
    CONSTRAINT manner_account_fk REFERENCES identity.account,
  mail text NOT NULL CONSTRAINT manner_mail_ck CHECK (mail IN ('all', 'urgent')),
  zone text NOT NULL,
  quiet_from text,
  quiet_to text,
  quiet_days smallint[],
  digest text NOT NULL
    CONSTRAINT manner_digest_ck CHECK (digest IN ('at-once', 'hourly', 'daily', 'weekly')),
  digest_at text NOT NULL,
  digest_on smallint NOT NULL CONSTRAINT manner_digest_on_ck CHECK (digest_on BETWEEN 1 AND 7),
  muted text[] NOT NULL,
  version int NOT NULL,
  CONSTRAINT manner_quiet_ck CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);
ALTER TABLE identity.manner ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.manner USING (account_id = identity.viewer());
GRANT SELECT, INSERT, UPDATE (mail, zone, quiet_from, quiet_to, quiet_days, digest, digest_at,
  digest_on, muted, version) ON identity.manner TO comity_app;
-- The language in which somebody is written to becomes theirs to choose.
GRANT SELECT (language), UPDATE (language) ON identity.account TO comity_app;

-- What each mail names that its reader may want no more of: by whose hash, whose mail.
CREATE TABLE identity.unsubscription (
  token_hash text CONSTRAINT unsubscription_pk PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT unsubscription_account_fk REFERENCES identity.account,
  made_at timestamptz NOT NULL
);
CREATE INDEX unsubscription_account_ix ON identity.unsubscription (account_id, made_at);
ALTER TABLE identity.unsubscription ENABLE ROW LEVEL SECURITY;`;

const FUNCTIONS = `
-- How these people wish to be told, and nothing else of them.
CREATE FUNCTION identity.manners(accounts uuid[])
RETURNS TABLE (account_id uuid, language text, mail text, zone text, quiet_from text, quiet_to text,
  quiet_days smallint[], digest text, digest_at text, digest_on smallint, muted text[], version int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT a.id, a.language, m.mail, m.zone, m.quiet_from, m.quiet_to, m.quiet_days, m.digest,
    m.digest_at, m.digest_on, m.muted, m.version
  FROM identity.account a LEFT JOIN identity.manner m ON m.account_id = a.id
  WHERE a.id = ANY (accounts) $$;

-- The address of one person, for the letter that leaves now; with a token, that ends what is not
-- urgent for a year. Nothing when the account is disabled.
CREATE FUNCTION identity.address_letter(who uuid, token text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE address text;
BEGIN
  SELECT a.email INTO address FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL;
  IF address IS NOT NULL AND token IS NOT NULL THEN
    DELETE FROM identity.unsubscription u
      WHERE u.account_id = who AND u.made_at < now() - interval '1 year';
    INSERT INTO identity.unsubscription VALUES (token, who, now());
  END IF;
  RETURN address;
END $$;

-- Whose mail somebody wants no more of who knows no more than this.
CREATE FUNCTION identity.redeem_unsubscription(secret text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT identity.person(u.account_id) FROM identity.unsubscription u
  WHERE u.token_hash = secret AND u.made_at > now() - interval '1 year' $$;
REVOKE ALL ON FUNCTION identity.manners, identity.address_letter, identity.redeem_unsubscription
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity.manners, identity.address_letter TO comity_worker;
GRANT EXECUTE ON FUNCTION identity.redeem_unsubscription TO comity_app;`;

/** How people wish to be told, and how they end what they want no more of. */
export class Manners1700000039300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES + FUNCTIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
DROP FUNCTION identity.redeem_unsubscription, identity.address_letter, identity.manners;
REVOKE SELECT (language), UPDATE (language) ON identity.account FROM comity_app;
DROP TABLE identity.unsubscription, identity.manner`);
  }
}
