CREATE SCHEMA casework AUTHORIZATION comity_owner;
GRANT USAGE ON SCHEMA casework TO comity_app;
GRANT USAGE ON SCHEMA casework TO comity_worker;

CREATE TABLE casework.access (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  principal_id uuid NOT NULL,
  because text NOT NULL,
  CONSTRAINT access_pk PRIMARY KEY (proceeding_id, compartment, principal_id),
  CONSTRAINT access_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX access_principal_ix ON casework.access USING btree (principal_id, compartment, proceeding_id);
ALTER TABLE casework.access ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON casework.access AS PERMISSIVE FOR SELECT TO public USING ((principal_id = ANY (identity.principals())));
GRANT SELECT ON casework.access TO comity_app;
GRANT SELECT ON casework.access TO comity_worker;

CREATE TABLE casework.asker (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  question_id uuid NOT NULL,
  iso3 text NOT NULL,
  status text NOT NULL,
  confirmed_at timestamp with time zone,
  CONSTRAINT asker_pk PRIMARY KEY (id),
  CONSTRAINT asker_question_fk FOREIGN KEY (question_id, compartment) REFERENCES casework.question(id, compartment) ON UPDATE CASCADE,
  CONSTRAINT asker_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT asker_status_ck CHECK ((status = ANY (ARRAY['invited'::text, 'confirmed'::text, 'declined'::text, 'lapsed'::text]))),
  CONSTRAINT asker_uq UNIQUE (question_id, iso3)
);
ALTER TABLE casework.asker ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.asker AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = asker.proceeding_id) AND (a.compartment = asker.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.asker AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = asker.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY unrelayed ON casework.asker AS RESTRICTIVE FOR ALL TO public USING (( SELECT true
   FROM casework.question q
  WHERE ((q.id = asker.question_id) AND (q.proceeding_id = asker.proceeding_id))
 LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.asker AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.asker TO comity_app;

CREATE TABLE casework.assessment (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  label text NOT NULL,
  side text NOT NULL,
  kind text NOT NULL,
  grade text NOT NULL,
  text text NOT NULL,
  evidence jsonb NOT NULL,
  as_of date NOT NULL,
  status text NOT NULL,
  prepared_at timestamp with time zone NOT NULL,
  given_at timestamp with time zone,
  public_id uuid,
  version integer NOT NULL,
  CONSTRAINT assessment_given_ck CHECK (((given_at IS NULL) = (status = 'draft'::text))),
  CONSTRAINT assessment_kind_ck CHECK ((kind = ANY (ARRAY['status'::text, 'assessment'::text]))),
  CONSTRAINT assessment_pk PRIMARY KEY (id),
  CONSTRAINT assessment_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT assessment_status_ck CHECK ((status = ANY (ARRAY['draft'::text, 'given'::text, 'superseded'::text])))
);
CREATE INDEX assessment_page_ix ON casework.assessment USING btree (proceeding_id, COALESCE(given_at, prepared_at), id);
CREATE UNIQUE INDEX assessment_draft_uq ON casework.assessment USING btree (proceeding_id, recommendation_id, side) WHERE (status = 'draft'::text);
CREATE UNIQUE INDEX assessment_given_uq ON casework.assessment USING btree (proceeding_id, recommendation_id, side) WHERE (status = 'given'::text);
ALTER TABLE casework.assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafted ON casework.assessment AS RESTRICTIVE FOR INSERT TO public WITH CHECK (((status = 'draft'::text) AND (compartment = ('desk:'::text || side))));
CREATE POLICY given_by_the_procedure ON casework.assessment AS RESTRICTIVE FOR UPDATE TO public USING (((status = 'draft'::text) OR (identity.principals() = ARRAY[proceeding_id]))) WITH CHECK ((((status = 'draft'::text) AND (compartment = ('desk:'::text || side))) OR (identity.principals() = ARRAY[proceeding_id])));
CREATE POLICY granted ON casework.assessment AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = assessment.proceeding_id) AND (a.compartment = assessment.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.assessment AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = assessment.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.assessment TO comity_app;

CREATE TABLE casework.assistant (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  side text NOT NULL,
  principal_id uuid NOT NULL,
  status text NOT NULL,
  named_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  ended_at timestamp with time zone,
  version integer NOT NULL,
  CONSTRAINT assistant_accepted_ck CHECK (((accepted_at IS NOT NULL) OR (status <> 'accepted'::text))),
  CONSTRAINT assistant_pk PRIMARY KEY (id),
  CONSTRAINT assistant_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT assistant_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT assistant_status_ck CHECK ((status = ANY (ARRAY['named'::text, 'accepted'::text, 'declined'::text, 'ended'::text]))),
  CONSTRAINT assistant_tray_ck CHECK ((compartment = ('filed:'::text || side)))
);
CREATE INDEX assistant_proceeding_ix ON casework.assistant USING btree (proceeding_id, named_at, id);
CREATE UNIQUE INDEX assistant_open_uq ON casework.assistant USING btree (proceeding_id, side, principal_id) WHERE (status = ANY (ARRAY['named'::text, 'accepted'::text]));
ALTER TABLE casework.assistant ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.assistant AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.assistant AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.assistant AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = assistant.proceeding_id) AND (a.compartment = assistant.compartment))
 LIMIT 1));
CREATE POLICY own ON casework.assistant AS PERMISSIVE FOR SELECT TO public USING ((principal_id = ANY (identity.principals())));
CREATE POLICY recused ON casework.assistant AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = assistant.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.assistant TO comity_app;
GRANT SELECT ON casework.assistant TO comity_worker;

CREATE TABLE casework.authorship (
  item_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  states jsonb,
  CONSTRAINT authorship_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT authorship_pk PRIMARY KEY (item_id, compartment),
  CONSTRAINT authorship_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.authorship ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.authorship AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.authorship AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = authorship.proceeding_id) AND (a.compartment = authorship.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.authorship AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = authorship.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.authorship TO comity_app;

CREATE TABLE casework.circle (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  circle text NOT NULL,
  principal_id uuid NOT NULL,
  CONSTRAINT circle_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT circle_name_ck CHECK ((circle ~~ 'joint:%'::text)),
  CONSTRAINT circle_pk PRIMARY KEY (proceeding_id, circle, principal_id),
  CONSTRAINT circle_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT circle_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.circle ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.circle AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY ended_by_the_procedure ON casework.circle AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.circle AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = circle.proceeding_id) AND (a.compartment = circle.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.circle AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = circle.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT ON casework.circle TO comity_app;
GRANT DELETE, SELECT ON casework.circle TO comity_worker;

CREATE TABLE casework.circulation (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  n integer NOT NULL,
  by_side text NOT NULL,
  list jsonb NOT NULL,
  circulated_at timestamp with time zone NOT NULL,
  CONSTRAINT circulation_n_uq UNIQUE (proceeding_id, n),
  CONSTRAINT circulation_pk PRIMARY KEY (id),
  CONSTRAINT circulation_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.circulation ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.circulation AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.circulation AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.circulation AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = circulation.proceeding_id) AND (a.compartment = circulation.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.circulation AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = circulation.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.circulation TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.circulation TO comity_worker;

CREATE TABLE casework.classification (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  n integer NOT NULL,
  by text NOT NULL,
  side text,
  at timestamp with time zone NOT NULL,
  method integer,
  facets jsonb NOT NULL,
  CONSTRAINT classification_by_ck CHECK ((by = ANY (ARRAY['machine'::text, 'human'::text]))),
  CONSTRAINT classification_n_uq UNIQUE (recommendation_id, n),
  CONSTRAINT classification_pk PRIMARY KEY (id),
  CONSTRAINT classification_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT classification_recommendation_fk FOREIGN KEY (recommendation_id) REFERENCES casework.recommendation(id),
  CONSTRAINT classification_side_ck CHECK ((((by = 'human'::text) = (side IS NOT NULL)) AND ((by = 'machine'::text) = (method IS NOT NULL))))
);
ALTER TABLE casework.classification ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.classification AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.classification AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = classification.proceeding_id) AND (a.compartment = classification.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.classification AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.recommendation p
  WHERE ((p.id = classification.recommendation_id) AND (p.proceeding_id = classification.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.classification AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = classification.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.classification AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT ON casework.classification TO comity_app;

CREATE TABLE casework.clustering (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  clusters jsonb NOT NULL,
  proposed_by text NOT NULL,
  at timestamp with time zone NOT NULL,
  version integer NOT NULL,
  withheld_from uuid,
  CONSTRAINT clustering_pk PRIMARY KEY (proceeding_id),
  CONSTRAINT clustering_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.clustering ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.clustering AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = clustering.proceeding_id) AND (a.compartment = clustering.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.clustering AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = clustering.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY unrelayed ON casework.clustering AS RESTRICTIVE FOR ALL TO public USING (((withheld_from IS NULL) OR (((withheld_from = ANY (identity.principals())) IS NOT TRUE) AND (( SELECT true
   FROM casework.assistant h
  WHERE ((h.proceeding_id = clustering.proceeding_id) AND (h.status = 'accepted'::text) AND (h.principal_id = ANY (identity.principals())))
 LIMIT 1) IS NOT TRUE))));
GRANT INSERT, SELECT, UPDATE ON casework.clustering TO comity_app;

CREATE TABLE casework.co_speaker (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  speaker_id uuid NOT NULL,
  iso3 text NOT NULL,
  status text NOT NULL,
  confirmed_at timestamp with time zone,
  CONSTRAINT co_speaker_pk PRIMARY KEY (id),
  CONSTRAINT co_speaker_speaker_fk FOREIGN KEY (speaker_id, compartment) REFERENCES casework.speaker(id, compartment) ON UPDATE CASCADE,
  CONSTRAINT co_speaker_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT co_speaker_status_ck CHECK ((status = ANY (ARRAY['invited'::text, 'confirmed'::text, 'declined'::text, 'lapsed'::text]))),
  CONSTRAINT co_speaker_uq UNIQUE (speaker_id, iso3)
);
ALTER TABLE casework.co_speaker ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.co_speaker AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = co_speaker.proceeding_id) AND (a.compartment = co_speaker.compartment))
 LIMIT 1));
CREATE POLICY parented_speaker_id ON casework.co_speaker AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.speaker p
  WHERE ((p.id = co_speaker.speaker_id) AND (p.proceeding_id = co_speaker.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.co_speaker AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = co_speaker.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.co_speaker AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.co_speaker TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.co_speaker TO comity_worker;

CREATE TABLE casework.communicant (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  place integer NOT NULL,
  kind text NOT NULL,
  name text,
  contact text,
  CONSTRAINT communicant_kind_ck CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text, 'group'::text]))),
  CONSTRAINT communicant_pk PRIMARY KEY (id),
  CONSTRAINT communicant_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT communicant_uq UNIQUE (proceeding_id, compartment, place)
);
ALTER TABLE casework.communicant ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.communicant AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = communicant.proceeding_id) AND (a.compartment = communicant.compartment))
 LIMIT 1));
CREATE POLICY handed_in_by_the_procedure ON casework.communicant AS RESTRICTIVE FOR INSERT TO public WITH CHECK (((compartment ~~ 'desk:%'::text) OR (identity.principals() = ARRAY[proceeding_id])));
CREATE POLICY prepared ON casework.communicant AS RESTRICTIVE FOR DELETE TO public USING ((compartment ~~ 'desk:%'::text));
CREATE POLICY recused ON casework.communicant AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = communicant.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT ON casework.communicant TO comity_app;

CREATE TABLE casework.conflict (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  member_id uuid NOT NULL,
  raised_by text NOT NULL,
  raised_side text,
  ground text NOT NULL,
  text text NOT NULL,
  steps_aside boolean NOT NULL,
  declared_at timestamp with time zone NOT NULL,
  status text NOT NULL,
  decided_by text,
  decided_at timestamp with time zone,
  reason text,
  version integer NOT NULL,
  CONSTRAINT conflict_decided_ck CHECK ((((status = 'open'::text) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)))),
  CONSTRAINT conflict_ground_ck CHECK ((ground = ANY (ARRAY['nationality'::text, 'employment'::text, 'financial'::text, 'involvement'::text, 'family'::text, 'other'::text]))),
  CONSTRAINT conflict_member_fk FOREIGN KEY (member_id) REFERENCES reference.body_member(id),
  CONSTRAINT conflict_pk PRIMARY KEY (id),
  CONSTRAINT conflict_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT conflict_status_ck CHECK ((status = ANY (ARRAY['open'::text, 'recused'::text, 'kept'::text])))
);
CREATE INDEX conflict_page_ix ON casework.conflict USING btree (proceeding_id, declared_at, id);
ALTER TABLE casework.conflict ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.conflict AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.conflict AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.conflict AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = conflict.proceeding_id) AND (a.compartment = conflict.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.conflict AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = conflict.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.conflict TO comity_app;

CREATE TABLE casework.cooperation_decision (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  finding text NOT NULL,
  reasons text NOT NULL,
  citation text NOT NULL,
  measures text,
  decided_on date NOT NULL,
  by_role text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT cooperation_decision_finding_ck CHECK ((finding = ANY (ARRAY['persistent'::text, 'not-persistent'::text]))),
  CONSTRAINT cooperation_decision_pk PRIMARY KEY (id),
  CONSTRAINT cooperation_decision_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
CREATE INDEX cooperation_decision_proceeding_ix ON casework.cooperation_decision USING btree (proceeding_id, recorded_at, id);
ALTER TABLE casework.cooperation_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.cooperation_decision AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.cooperation_decision AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = cooperation_decision.proceeding_id) AND (a.compartment = cooperation_decision.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.cooperation_decision AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = cooperation_decision.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.cooperation_decision TO comity_app;

CREATE TABLE casework.deadline (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  key text NOT NULL,
  owed_by text NOT NULL,
  anchor_at timestamp with time zone NOT NULL,
  due timestamp with time zone NOT NULL,
  due_local text NOT NULL,
  zone text NOT NULL,
  status text NOT NULL,
  met_at timestamp with time zone,
  lapsed_at timestamp with time zone,
  extensions integer NOT NULL,
  version integer NOT NULL,
  remind_at timestamp with time zone,
  CONSTRAINT deadline_pk PRIMARY KEY (id),
  CONSTRAINT deadline_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT deadline_status_ck CHECK ((status = ANY (ARRAY['pending'::text, 'met'::text, 'lapsed'::text, 'cancelled'::text])))
);
CREATE INDEX deadline_owed_ix ON casework.deadline USING btree (key, due, id) WHERE (met_at IS NULL);
CREATE INDEX deadline_pending_ix ON casework.deadline USING btree (due, key, id) WHERE (status = 'pending'::text);
CREATE INDEX deadline_proceeding_ix ON casework.deadline USING btree (proceeding_id, due, key);
CREATE INDEX deadline_remind_ix ON casework.deadline USING btree (remind_at, key, id) WHERE (remind_at IS NOT NULL);
CREATE UNIQUE INDEX deadline_key_uq ON casework.deadline USING btree (proceeding_id, key, anchor_at) WHERE (status <> 'cancelled'::text);
ALTER TABLE casework.deadline ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.deadline AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.deadline AS RESTRICTIVE FOR UPDATE TO public USING (true) WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.deadline AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = deadline.proceeding_id) AND (a.compartment = deadline.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.deadline AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = deadline.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.deadline TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.deadline TO comity_worker;

CREATE TABLE casework.deadline_change (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  deadline_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  was timestamp with time zone,
  is_now timestamp with time zone NOT NULL,
  reason text,
  CONSTRAINT deadline_change_deadline_fk FOREIGN KEY (deadline_id) REFERENCES casework.deadline(id),
  CONSTRAINT deadline_change_pk PRIMARY KEY (id),
  CONSTRAINT deadline_change_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
CREATE INDEX deadline_change_proceeding_ix ON casework.deadline_change USING btree (proceeding_id, at);
ALTER TABLE casework.deadline_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.deadline_change AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.deadline_change AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = deadline_change.proceeding_id) AND (a.compartment = deadline_change.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.deadline_change AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.deadline p
  WHERE ((p.id = deadline_change.deadline_id) AND (p.proceeding_id = deadline_change.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.deadline_change AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = deadline_change.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.deadline_change TO comity_app;
GRANT INSERT, SELECT ON casework.deadline_change TO comity_worker;

CREATE TABLE casework.document (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  title text NOT NULL,
  symbol text,
  status text NOT NULL,
  late boolean NOT NULL,
  over_limit boolean NOT NULL,
  created_at timestamp with time zone NOT NULL,
  submitted_at timestamp with time zone,
  public_id uuid,
  version integer NOT NULL,
  received_at timestamp with time zone,
  received_how text,
  languages jsonb,
  CONSTRAINT document_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT document_pk PRIMARY KEY (id),
  CONSTRAINT document_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT document_received_ck CHECK (((received_at IS NULL) = (received_how IS NULL))),
  CONSTRAINT document_received_how_ck CHECK ((received_how = ANY (ARRAY['by-hand'::text, 'post'::text, 'mail'::text, 'fax'::text, 'courier'::text]))),
  CONSTRAINT document_status_ck CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'published'::text])))
);
CREATE INDEX document_languages_ix ON casework.document USING btree (proceeding_id) WHERE (languages IS NOT NULL);
CREATE INDEX document_page_ix ON casework.document USING btree (proceeding_id, COALESCE(submitted_at, created_at), id);
ALTER TABLE casework.document ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.document AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = document.proceeding_id) AND (a.compartment = document.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.document AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = document.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.document TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.document TO comity_worker;

CREATE TABLE casework.document_original (
  text_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  file_key text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  found jsonb NOT NULL,
  CONSTRAINT document_original_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT document_original_file_uq UNIQUE (file_key),
  CONSTRAINT document_original_pk PRIMARY KEY (text_id),
  CONSTRAINT document_original_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT document_original_text_fk FOREIGN KEY (text_id) REFERENCES casework.document_text(id)
);
ALTER TABLE casework.document_original ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.document_original AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = document_original.proceeding_id) AND (a.compartment = document_original.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.document_original AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document_text p
  WHERE ((p.id = document_original.text_id) AND (p.proceeding_id = document_original.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.document_original AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = document_original.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.document_original AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.document_original TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.document_original TO comity_worker;

CREATE TABLE casework.document_text (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  version_id uuid NOT NULL,
  language text NOT NULL,
  standing text NOT NULL,
  file_key text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  salt text NOT NULL,
  words integer NOT NULL,
  left_out jsonb NOT NULL,
  uploaded_at timestamp with time zone NOT NULL,
  language_found text,
  body text,
  CONSTRAINT document_text_file_uq UNIQUE (file_key),
  CONSTRAINT document_text_language_uq UNIQUE (version_id, language),
  CONSTRAINT document_text_pk PRIMARY KEY (id),
  CONSTRAINT document_text_standing_ck CHECK ((standing = ANY (ARRAY['original'::text, 'official'::text, 'courtesy'::text, 'machine'::text]))),
  CONSTRAINT document_text_version_fk FOREIGN KEY (version_id, compartment) REFERENCES casework.document_version(id, compartment) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX document_text_original_uq ON casework.document_text USING btree (version_id) WHERE (standing = 'original'::text);
ALTER TABLE casework.document_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.document_text AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = document_text.proceeding_id) AND (a.compartment = document_text.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.document_text AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document_version p
  WHERE ((p.id = document_text.version_id) AND (p.proceeding_id = document_text.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.document_text AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = document_text.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY unsent ON casework.document_text AS RESTRICTIVE FOR ALL TO public USING (( SELECT true
   FROM casework.document_version v
  WHERE (v.id = document_text.version_id)
 LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.document_text AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.document_text TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.document_text TO comity_worker;

CREATE TABLE casework.document_version (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  document_id uuid NOT NULL,
  n integer NOT NULL,
  status text NOT NULL,
  by_side text NOT NULL,
  reason text,
  created_at timestamp with time zone NOT NULL,
  submitted_at timestamp with time zone,
  edits integer NOT NULL,
  CONSTRAINT document_version_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT document_version_document_fk FOREIGN KEY (document_id, compartment) REFERENCES casework.document(id, compartment) ON UPDATE CASCADE,
  CONSTRAINT document_version_n_uq UNIQUE (document_id, n),
  CONSTRAINT document_version_pk PRIMARY KEY (id),
  CONSTRAINT document_version_status_ck CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text])))
);
ALTER TABLE casework.document_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.document_version AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = document_version.proceeding_id) AND (a.compartment = document_version.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.document_version AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document p
  WHERE ((p.id = document_version.document_id) AND (p.proceeding_id = document_version.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.document_version AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = document_version.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY unsent ON casework.document_version AS RESTRICTIVE FOR ALL TO public USING (((status <> 'draft'::text) OR ( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = document_version.proceeding_id) AND (a.compartment = ('desk:'::text || document_version.by_side)))
 LIMIT 1) OR ((n = 1) AND (compartment = ('joint:'::text || document_id)))));
GRANT INSERT, SELECT, UPDATE ON casework.document_version TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.document_version TO comity_worker;

CREATE TABLE casework.exclusion (
  account_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  since timestamp with time zone NOT NULL,
  reason text NOT NULL,
  CONSTRAINT exclusion_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT exclusion_pk PRIMARY KEY (account_id, proceeding_id),
  CONSTRAINT exclusion_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.exclusion ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON casework.exclusion AS PERMISSIVE FOR SELECT TO public USING ((account_id = identity.viewer()));
GRANT SELECT ON casework.exclusion TO comity_app;
GRANT SELECT ON casework.exclusion TO comity_worker;

CREATE TABLE casework.file_in_doubt (
  file_key text NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT file_in_doubt_pk PRIMARY KEY (file_key)
);
ALTER TABLE casework.file_in_doubt ENABLE ROW LEVEL SECURITY;
CREATE POLICY swept ON casework.file_in_doubt AS PERMISSIVE FOR ALL TO comity_worker USING (true);
CREATE POLICY told ON casework.file_in_doubt AS PERMISSIVE FOR INSERT TO comity_app WITH CHECK (true);
GRANT DELETE, SELECT ON casework.file_in_doubt TO comity_worker;
GRANT INSERT ON casework.file_in_doubt TO comity_app;

CREATE TABLE casework.idempotency (
  account_id uuid NOT NULL,
  key text NOT NULL,
  target text NOT NULL,
  body_hash text NOT NULL,
  proceeding_id uuid,
  compartment text,
  answer text NOT NULL,
  stored_at timestamp with time zone NOT NULL,
  CONSTRAINT idempotency_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT idempotency_pk PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_stored_ix ON casework.idempotency USING btree (stored_at);
ALTER TABLE casework.idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.idempotency AS RESTRICTIVE FOR ALL TO public USING (((proceeding_id IS NULL) OR ( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = idempotency.proceeding_id) AND (a.compartment = idempotency.compartment))
 LIMIT 1)));
CREATE POLICY own ON casework.idempotency AS PERMISSIVE FOR ALL TO public USING ((account_id = identity.viewer()));
CREATE POLICY recused ON casework.idempotency AS RESTRICTIVE FOR ALL TO public USING (((proceeding_id IS NULL) OR (( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = idempotency.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE)));
GRANT INSERT, SELECT, UPDATE ON casework.idempotency TO comity_app;

CREATE TABLE casework.intake (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  naming text NOT NULL,
  version integer NOT NULL,
  CONSTRAINT intake_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT intake_naming_ck CHECK ((naming = ANY (ARRAY['sealed'::text, 'committee'::text, 'parties'::text, 'public'::text]))),
  CONSTRAINT intake_pk PRIMARY KEY (id),
  CONSTRAINT intake_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT intake_proceeding_uq UNIQUE (proceeding_id)
);
ALTER TABLE casework.intake ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.intake AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = intake.proceeding_id) AND (a.compartment = intake.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.intake AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = intake.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.intake TO comity_app;

CREATE TABLE casework.intake_paragraph (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  field text NOT NULL,
  place integer NOT NULL,
  text text,
  in_confidence boolean NOT NULL,
  ground text,
  explanation text,
  CONSTRAINT intake_paragraph_explanation_ck CHECK (((explanation IS NULL) OR (in_confidence AND (text IS NOT NULL)))),
  CONSTRAINT intake_paragraph_ground_ck CHECK ((in_confidence = (ground IS NOT NULL))),
  CONSTRAINT intake_paragraph_ground_known_ck CHECK ((ground = ANY (ARRAY['given-in-confidence'::text, 'penalization'::text, 'persecution'::text, 'harassment'::text, 'privacy'::text]))),
  CONSTRAINT intake_paragraph_pk PRIMARY KEY (id),
  CONSTRAINT intake_paragraph_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT intake_paragraph_text_ck CHECK ((in_confidence OR (text IS NOT NULL))),
  CONSTRAINT intake_paragraph_uq UNIQUE (proceeding_id, compartment, field, place)
);
ALTER TABLE casework.intake_paragraph ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.intake_paragraph AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = intake_paragraph.proceeding_id) AND (a.compartment = intake_paragraph.compartment))
 LIMIT 1));
CREATE POLICY handed_in_by_the_procedure ON casework.intake_paragraph AS RESTRICTIVE FOR INSERT TO public WITH CHECK (((compartment ~~ 'desk:%'::text) OR (identity.principals() = ARRAY[proceeding_id])));
CREATE POLICY prepared ON casework.intake_paragraph AS RESTRICTIVE FOR DELETE TO public USING ((compartment ~~ 'desk:%'::text));
CREATE POLICY recused ON casework.intake_paragraph AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = intake_paragraph.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT ON casework.intake_paragraph TO comity_app;

CREATE TABLE casework.lot (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  session_id uuid NOT NULL,
  state text,
  purpose text NOT NULL,
  method text NOT NULL,
  status text NOT NULL,
  input text NOT NULL,
  input_digest text NOT NULL,
  announced_at timestamp with time zone,
  commitment text,
  known_from timestamp with time zone,
  public_value text,
  seed text,
  result jsonb,
  drawn_at timestamp with time zone,
  drawn_on date,
  meeting text,
  witnesses text[],
  cancelled_at timestamp with time zone,
  reason text,
  public_id uuid,
  version integer NOT NULL,
  CONSTRAINT lot_by_hand_ck CHECK ((num_nonnulls(drawn_on, meeting, witnesses) =
CASE method
    WHEN 'by-hand'::text THEN 3
    ELSE 0
END)),
  CONSTRAINT lot_cancelled_ck CHECK ((num_nonnulls(cancelled_at, reason) =
CASE status
    WHEN 'cancelled'::text THEN 2
    ELSE 0
END)),
  CONSTRAINT lot_drawn_ck CHECK ((num_nonnulls(result, drawn_at) =
CASE status
    WHEN 'drawn'::text THEN 2
    ELSE 0
END)),
  CONSTRAINT lot_method_ck CHECK ((method = ANY (ARRAY['sealed'::text, 'by-hand'::text]))),
  CONSTRAINT lot_pk PRIMARY KEY (id),
  CONSTRAINT lot_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT lot_sealed_ck CHECK ((num_nonnulls(announced_at, commitment, known_from) =
CASE method
    WHEN 'sealed'::text THEN 3
    ELSE 0
END)),
  CONSTRAINT lot_seed_ck CHECK (((seed IS NOT NULL) = ((method = 'sealed'::text) AND (status = 'drawn'::text)))),
  CONSTRAINT lot_session_fk FOREIGN KEY (session_id) REFERENCES reference.session(id),
  CONSTRAINT lot_state_fk FOREIGN KEY (state) REFERENCES reference.state(iso3),
  CONSTRAINT lot_status_ck CHECK ((status = ANY (ARRAY['announced'::text, 'drawn'::text, 'cancelled'::text])))
);
CREATE INDEX lot_proceeding_ix ON casework.lot USING btree (proceeding_id, id);
CREATE INDEX lot_session_ix ON casework.lot USING btree (session_id, id) WHERE (state IS NULL);
CREATE UNIQUE INDEX lot_open_uq ON casework.lot USING btree (proceeding_id, purpose) WHERE ((status = 'announced'::text) AND (state IS NOT NULL));
CREATE UNIQUE INDEX lot_session_open_uq ON casework.lot USING btree (session_id, purpose) WHERE ((status = 'announced'::text) AND (state IS NULL));
ALTER TABLE casework.lot ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.lot AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.lot AS RESTRICTIVE FOR UPDATE TO public USING (true) WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.lot AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = lot.proceeding_id) AND (a.compartment = lot.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.lot AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = lot.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.lot TO comity_app;

CREATE TABLE casework.participant (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  role text NOT NULL,
  principal_id uuid NOT NULL,
  basis text NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  CONSTRAINT participant_pk PRIMARY KEY (id),
  CONSTRAINT participant_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT participant_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT participant_uq UNIQUE (proceeding_id, role, principal_id)
);
CREATE INDEX participant_principal_ix ON casework.participant USING btree (principal_id, role, proceeding_id);
ALTER TABLE casework.participant ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.participant AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.participant AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = participant.proceeding_id) AND (a.compartment = participant.compartment))
 LIMIT 1));
CREATE POLICY left_by_the_procedure ON casework.participant AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY recused ON casework.participant AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = participant.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT ON casework.participant TO comity_app;
GRANT INSERT, SELECT ON casework.participant TO comity_worker;

CREATE TABLE casework.partner (
  id uuid NOT NULL,
  compartment text NOT NULL,
  proceeding_id uuid NOT NULL,
  document_id uuid NOT NULL,
  side text NOT NULL,
  status text NOT NULL,
  sealed boolean NOT NULL,
  accepted_until text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  accepted_sha256 text,
  edits integer NOT NULL,
  extended_by text,
  CONSTRAINT partner_accepted_ck CHECK (((status <> 'accepted'::text) OR (accepted_sha256 IS NOT NULL))),
  CONSTRAINT partner_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT partner_pk PRIMARY KEY (id, compartment),
  CONSTRAINT partner_place_ck CHECK (((compartment ~~ 'desk:%'::text) OR ((compartment = ('joint:'::text || document_id)) AND (status = 'accepted'::text) AND (NOT sealed)))),
  CONSTRAINT partner_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT partner_side_uq UNIQUE (document_id, side, compartment),
  CONSTRAINT partner_status_ck CHECK ((status = ANY (ARRAY['asked'::text, 'accepted'::text, 'declined'::text, 'lapsed'::text, 'left'::text, 'removed'::text])))
);
CREATE INDEX partner_asked_ix ON casework.partner USING btree (proceeding_id, document_id) WHERE (status = 'asked'::text);
ALTER TABLE casework.partner ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.partner AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.partner AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY ended_by_the_procedure ON casework.partner AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.partner AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = partner.proceeding_id) AND (a.compartment = partner.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.partner AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document p
  WHERE ((p.id = partner.document_id) AND (p.proceeding_id = partner.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.partner AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = partner.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.partner TO comity_app;
GRANT SELECT, UPDATE ON casework.partner TO comity_worker;

CREATE TABLE casework.passage (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  source_id uuid NOT NULL,
  document_version integer,
  language text,
  begins integer,
  ends integer,
  digest text,
  words text,
  pinpoint text NOT NULL,
  theme text NOT NULL,
  note text,
  marked_at timestamp with time zone NOT NULL,
  version integer NOT NULL,
  CONSTRAINT passage_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT passage_pk PRIMARY KEY (id),
  CONSTRAINT passage_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT passage_range_ck CHECK (((begins >= 0) AND (ends > begins))),
  CONSTRAINT passage_source_fk FOREIGN KEY (source_id) REFERENCES casework.summary_source(id),
  CONSTRAINT passage_words_ck CHECK ((((words IS NULL) = (num_nonnulls(document_version, language, begins, ends, digest) = 5)) AND ((words IS NULL) OR (document_version IS NULL))))
);
CREATE INDEX passage_page_ix ON casework.passage USING btree (proceeding_id, kind, marked_at, id);
CREATE INDEX passage_source_ix ON casework.passage USING btree (source_id);
ALTER TABLE casework.passage ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.passage AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = passage.proceeding_id) AND (a.compartment = passage.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.passage AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.summary_source p
  WHERE ((p.id = passage.source_id) AND (p.proceeding_id = passage.proceeding_id) AND (p.kind = passage.kind))
 LIMIT 1));
CREATE POLICY recused ON casework.passage AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = passage.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.passage TO comity_app;

CREATE TABLE casework.pledge (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  side text NOT NULL,
  text text NOT NULL,
  status text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  submitted_at timestamp with time zone,
  public_id uuid,
  version integer NOT NULL,
  CONSTRAINT pledge_pk PRIMARY KEY (id),
  CONSTRAINT pledge_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT pledge_status_ck CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text])))
);
CREATE INDEX pledge_page_ix ON casework.pledge USING btree (proceeding_id, COALESCE(submitted_at, created_at), id);
ALTER TABLE casework.pledge ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed_by_the_procedure ON casework.pledge AS RESTRICTIVE FOR UPDATE TO public USING (((compartment ~~ 'desk:%'::text) OR (identity.principals() = ARRAY[proceeding_id]))) WITH CHECK (true);
CREATE POLICY granted ON casework.pledge AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = pledge.proceeding_id) AND (a.compartment = pledge.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.pledge AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = pledge.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.pledge TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.pledge TO comity_worker;

CREATE TABLE casework."position" (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  "position" text NOT NULL,
  stated_position text,
  comment text,
  given_in text,
  status text NOT NULL,
  prepared_at timestamp with time zone NOT NULL,
  given_at timestamp with time zone,
  version integer NOT NULL,
  CONSTRAINT position_pk PRIMARY KEY (id),
  CONSTRAINT position_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT position_recommendation_fk FOREIGN KEY (recommendation_id) REFERENCES casework.recommendation(id),
  CONSTRAINT position_status_ck CHECK ((status = ANY (ARRAY['draft'::text, 'given'::text, 'superseded'::text, 'deemed'::text])))
);
CREATE INDEX position_proceeding_ix ON casework."position" USING btree (proceeding_id, prepared_at, id);
CREATE UNIQUE INDEX position_draft_uq ON casework."position" USING btree (recommendation_id) WHERE (status = 'draft'::text);
CREATE UNIQUE INDEX position_standing_uq ON casework."position" USING btree (recommendation_id) WHERE (status = ANY (ARRAY['given'::text, 'deemed'::text]));
ALTER TABLE casework."position" ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework."position" AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = "position".proceeding_id) AND (a.compartment = "position".compartment))
 LIMIT 1));
CREATE POLICY parented ON casework."position" AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.recommendation p
  WHERE ((p.id = "position".recommendation_id) AND (p.proceeding_id = "position".proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework."position" AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = "position".proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework."position" TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework."position" TO comity_worker;

CREATE TABLE casework.proceeding (
  id uuid NOT NULL,
  mechanism text NOT NULL,
  mechanism_version integer NOT NULL,
  subject text NOT NULL,
  slot_id uuid,
  status text NOT NULL,
  entered_at timestamp with time zone NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  test boolean NOT NULL,
  public_id uuid,
  version integer NOT NULL,
  trigger text,
  case_number text,
  CONSTRAINT proceeding_mechanism_fk FOREIGN KEY (mechanism, mechanism_version) REFERENCES reference.mechanism(key, version),
  CONSTRAINT proceeding_pk PRIMARY KEY (id),
  CONSTRAINT proceeding_slot_fk FOREIGN KEY (slot_id) REFERENCES reference.slot(id),
  CONSTRAINT proceeding_subject_fk FOREIGN KEY (subject) REFERENCES reference.state(iso3)
);
CREATE INDEX proceeding_opened_ix ON casework.proceeding USING btree (opened_at, id);
CREATE INDEX proceeding_slot_ix ON casework.proceeding USING btree (slot_id);
CREATE INDEX proceeding_subject_ix ON casework.proceeding USING btree (subject, opened_at, id);
CREATE UNIQUE INDEX proceeding_case_number_uq ON casework.proceeding USING btree (mechanism, case_number) WHERE ((case_number IS NOT NULL) AND (NOT test));
CREATE UNIQUE INDEX proceeding_public_uq ON casework.proceeding USING btree (public_id);
CREATE UNIQUE INDEX proceeding_slot_uq ON casework.proceeding USING btree (slot_id) WHERE (NOT test);
ALTER TABLE casework.proceeding ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.proceeding AS RESTRICTIVE FOR UPDATE TO public USING (true) WITH CHECK ((identity.principals() = ARRAY[id]));
CREATE POLICY granted ON casework.proceeding AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = proceeding.id) AND (a.compartment = 'case'::text))
 LIMIT 1));
CREATE POLICY recused ON casework.proceeding AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = proceeding.id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.proceeding TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.proceeding TO comity_worker;

CREATE TABLE casework.publication (
  document_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  audience text NOT NULL,
  until timestamp with time zone,
  reason text,
  first_asked_at timestamp with time zone,
  warned_at timestamp with time zone,
  ended_at timestamp with time zone,
  asked_by text NOT NULL,
  edits integer NOT NULL,
  CONSTRAINT publication_audience_ck CHECK ((audience = ANY (ARRAY['public'::text, 'parties'::text]))),
  CONSTRAINT publication_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT publication_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT publication_pk PRIMARY KEY (document_id, compartment)
);
CREATE INDEX publication_until_ix ON casework.publication USING btree (until, document_id) WHERE (ended_at IS NULL);
ALTER TABLE casework.publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.publication AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.publication AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.publication AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = publication.proceeding_id) AND (a.compartment = publication.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.publication AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document p
  WHERE ((p.id = publication.document_id) AND (p.proceeding_id = publication.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.publication AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = publication.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.publication TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.publication TO comity_worker;

CREATE TABLE casework.question (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  filing_id uuid NOT NULL,
  n integer NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  group_name text,
  text text NOT NULL,
  filed_at timestamp with time zone NOT NULL,
  withheld_from uuid,
  asked_by uuid[],
  relayed_at timestamp with time zone,
  cluster text,
  relayed_n integer,
  answered_in text,
  answer text,
  answered_at timestamp with time zone,
  public_id uuid,
  version integer NOT NULL,
  CONSTRAINT question_answer_ck CHECK ((((answered_in IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) OR (answered_in IS NOT NULL)))),
  CONSTRAINT question_answered_ck CHECK ((answered_in = ANY (ARRAY['report'::text, 'dialogue'::text, 'writing'::text]))),
  CONSTRAINT question_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT question_n_uq UNIQUE (filing_id, n),
  CONSTRAINT question_pk PRIMARY KEY (id),
  CONSTRAINT question_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT question_relayed_ck CHECK (((num_nonnulls(withheld_from, relayed_at) = 1) AND (num_nonnulls(asked_by, relayed_at) = 1) AND ((relayed_at IS NULL) = (relayed_n IS NULL))))
);
CREATE INDEX question_filing_ix ON casework.question USING btree (filing_id, n);
CREATE INDEX question_page_ix ON casework.question USING btree (proceeding_id, relayed_n, filed_at, id);
ALTER TABLE casework.question ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.question AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = question.proceeding_id) AND (a.compartment = question.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.question AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = question.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY unrelayed ON casework.question AS RESTRICTIVE FOR ALL TO public USING (((relayed_at IS NOT NULL) OR (((withheld_from = ANY (identity.principals())) IS NOT TRUE) AND (( SELECT true
   FROM casework.assistant h
  WHERE ((h.proceeding_id = question.proceeding_id) AND (h.status = 'accepted'::text) AND (h.principal_id = ANY (identity.principals())))
 LIMIT 1) IS NOT TRUE) AND ((asked_by && identity.principals()) OR ( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = question.proceeding_id) AND (a.compartment = 'committee'::text))
 LIMIT 1)))));
GRANT INSERT, SELECT, UPDATE ON casework.question TO comity_app;

CREATE TABLE casework.reading (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  account_id uuid NOT NULL,
  member_id uuid,
  document_id uuid NOT NULL,
  kind text NOT NULL,
  n integer NOT NULL,
  language text NOT NULL,
  which text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT reading_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT reading_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT reading_member_fk FOREIGN KEY (member_id) REFERENCES reference.body_member(id),
  CONSTRAINT reading_pk PRIMARY KEY (id),
  CONSTRAINT reading_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT reading_uq UNIQUE (proceeding_id, account_id, document_id, n, language, which)
);
ALTER TABLE casework.reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.reading AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = reading.proceeding_id) AND (a.compartment = reading.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.reading AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document d
  WHERE (d.id = reading.document_id)
 LIMIT 1));
CREATE POLICY read_by_oneself ON casework.reading AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((account_id = identity.viewer()));
CREATE POLICY recused ON casework.reading AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = reading.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.reading TO comity_app;

CREATE TABLE casework.receipt (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  subject_id uuid NOT NULL,
  version integer NOT NULL,
  language text NOT NULL,
  original boolean NOT NULL,
  body text NOT NULL,
  signature text NOT NULL,
  key_id text NOT NULL,
  CONSTRAINT receipt_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT receipt_key_fk FOREIGN KEY (key_id) REFERENCES reference.signing_key(id),
  CONSTRAINT receipt_pk PRIMARY KEY (id),
  CONSTRAINT receipt_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT receipt_subject_uq UNIQUE (subject_id, version, language)
);
ALTER TABLE casework.receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.receipt AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = receipt.proceeding_id) AND (a.compartment = receipt.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.receipt AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = receipt.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.receipt TO comity_app;

CREATE TABLE casework.receipt_opening (
  receipt_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  salt text NOT NULL,
  sha256 text NOT NULL,
  CONSTRAINT receipt_opening_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT receipt_opening_pk PRIMARY KEY (receipt_id),
  CONSTRAINT receipt_opening_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT receipt_opening_receipt_fk FOREIGN KEY (receipt_id) REFERENCES casework.receipt(id)
);
ALTER TABLE casework.receipt_opening ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.receipt_opening AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = receipt_opening.proceeding_id) AND (a.compartment = receipt_opening.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.receipt_opening AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.receipt p
  WHERE ((p.id = receipt_opening.receipt_id) AND (p.proceeding_id = receipt_opening.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.receipt_opening AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = receipt_opening.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.receipt_opening AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT ON casework.receipt_opening TO comity_app;

CREATE TABLE casework.recommendation (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  text text NOT NULL,
  label text,
  label_order text COLLATE "C",
  status text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  submitted_at timestamp with time zone,
  public_id uuid,
  version integer NOT NULL,
  classification jsonb,
  repeat_of uuid[],
  wording integer NOT NULL,
  whole_id uuid,
  part integer,
  CONSTRAINT recommendation_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT recommendation_label_uq UNIQUE (proceeding_id, label),
  CONSTRAINT recommendation_part_ck CHECK ((num_nonnulls(whole_id, part) <> 1)),
  CONSTRAINT recommendation_part_uq UNIQUE (whole_id, part),
  CONSTRAINT recommendation_pk PRIMARY KEY (id),
  CONSTRAINT recommendation_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT recommendation_status_ck CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'split'::text, 'adopted'::text, 'lapsed'::text, 'withdrawn'::text]))),
  CONSTRAINT recommendation_whole_fk FOREIGN KEY (whole_id, compartment) REFERENCES casework.recommendation(id, compartment)
);
CREATE INDEX recommendation_page_ix ON casework.recommendation USING btree (proceeding_id, created_at, id);
ALTER TABLE casework.recommendation ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed_by_the_procedure ON casework.recommendation AS RESTRICTIVE FOR UPDATE TO public USING (((compartment ~~ 'desk:%'::text) OR (identity.principals() = ARRAY[proceeding_id]))) WITH CHECK (true);
CREATE POLICY granted ON casework.recommendation AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = recommendation.proceeding_id) AND (a.compartment = recommendation.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.recommendation AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = recommendation.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.recommendation TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.recommendation TO comity_worker;

CREATE TABLE casework.recommender (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  iso3 text NOT NULL,
  status text NOT NULL,
  confirmed_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  CONSTRAINT recommender_pk PRIMARY KEY (id),
  CONSTRAINT recommender_recommendation_fk FOREIGN KEY (recommendation_id, compartment) REFERENCES casework.recommendation(id, compartment) ON UPDATE CASCADE,
  CONSTRAINT recommender_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT recommender_status_ck CHECK ((status = ANY (ARRAY['invited'::text, 'confirmed'::text, 'declined'::text, 'withdrawn'::text, 'lapsed'::text]))),
  CONSTRAINT recommender_uq UNIQUE (recommendation_id, iso3)
);
ALTER TABLE casework.recommender ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed_by_the_procedure ON casework.recommender AS RESTRICTIVE FOR UPDATE TO public USING (((compartment ~~ 'desk:%'::text) OR (identity.principals() = ARRAY[proceeding_id]))) WITH CHECK (true);
CREATE POLICY granted ON casework.recommender AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = recommender.proceeding_id) AND (a.compartment = recommender.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.recommender AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.recommendation p
  WHERE ((p.id = recommender.recommendation_id) AND (p.proceeding_id = recommender.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.recommender AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = recommender.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.recommender AS RESTRICTIVE FOR DELETE TO public USING (((compartment ~~ 'desk:%'::text) OR (identity.principals() = ARRAY[proceeding_id])));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.recommender TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.recommender TO comity_worker;

CREATE TABLE casework.registration (
  document_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  sha256 text NOT NULL,
  registered_at timestamp with time zone NOT NULL,
  CONSTRAINT registration_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT registration_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT registration_pk PRIMARY KEY (document_id),
  CONSTRAINT registration_sha256_ck CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
);
ALTER TABLE casework.registration ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.registration AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = registration.proceeding_id) AND (a.compartment = registration.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.registration AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document p
  WHERE ((p.id = registration.document_id) AND (p.proceeding_id = registration.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.registration AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = registration.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.registration AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.registration TO comity_app;

CREATE TABLE casework.reminder (
  deadline_id uuid NOT NULL,
  due timestamp with time zone NOT NULL,
  what text NOT NULL,
  days integer NOT NULL,
  compartment text NOT NULL,
  proceeding_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT reminder_deadline_fk FOREIGN KEY (deadline_id) REFERENCES casework.deadline(id),
  CONSTRAINT reminder_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT reminder_pk PRIMARY KEY (deadline_id, due, what, days, compartment),
  CONSTRAINT reminder_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT reminder_what_ck CHECK ((what = ANY (ARRAY['approaching'::text, 'overdue'::text, 'escalated'::text])))
);
ALTER TABLE casework.reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.reminder AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.reminder AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = reminder.proceeding_id) AND (a.compartment = reminder.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.reminder AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.deadline p
  WHERE ((p.id = reminder.deadline_id) AND (p.proceeding_id = reminder.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.reminder AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = reminder.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.reminder TO comity_app;
GRANT INSERT, SELECT ON casework.reminder TO comity_worker;

CREATE TABLE casework.reminder_plan (
  mechanism text NOT NULL,
  digest text NOT NULL,
  CONSTRAINT reminder_plan_pk PRIMARY KEY (mechanism)
);
ALTER TABLE casework.reminder_plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY planned ON casework.reminder_plan AS PERMISSIVE FOR ALL TO comity_worker USING (true);

CREATE TABLE casework.repeat (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  n integer NOT NULL,
  of_id uuid NOT NULL,
  repeats boolean NOT NULL,
  side text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT repeat_n_uq UNIQUE (recommendation_id, n),
  CONSTRAINT repeat_of_fk FOREIGN KEY (of_id) REFERENCES record.recommendation(id),
  CONSTRAINT repeat_pk PRIMARY KEY (id),
  CONSTRAINT repeat_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT repeat_recommendation_fk FOREIGN KEY (recommendation_id) REFERENCES casework.recommendation(id)
);
ALTER TABLE casework.repeat ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.repeat AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.repeat AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = repeat.proceeding_id) AND (a.compartment = repeat.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.repeat AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.recommendation p
  WHERE ((p.id = repeat.recommendation_id) AND (p.proceeding_id = repeat.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.repeat AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = repeat.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY withdrawn_by_the_procedure ON casework.repeat AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT ON casework.repeat TO comity_app;

CREATE TABLE casework.report_draft (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  particulars jsonb NOT NULL,
  version integer NOT NULL,
  CONSTRAINT report_draft_kind_uq UNIQUE (proceeding_id, compartment, kind),
  CONSTRAINT report_draft_pk PRIMARY KEY (id),
  CONSTRAINT report_draft_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.report_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.report_draft AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = report_draft.proceeding_id) AND (a.compartment = report_draft.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.report_draft AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = report_draft.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.report_draft TO comity_app;

CREATE TABLE casework.report_paragraph (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  report_id uuid NOT NULL,
  section text NOT NULL,
  place integer NOT NULL,
  version integer NOT NULL,
  CONSTRAINT report_paragraph_pk PRIMARY KEY (id),
  CONSTRAINT report_paragraph_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT report_paragraph_report_fk FOREIGN KEY (report_id) REFERENCES casework.report_draft(id)
);
CREATE INDEX report_paragraph_report_ix ON casework.report_paragraph USING btree (report_id, section, place);
ALTER TABLE casework.report_paragraph ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.report_paragraph AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = report_paragraph.proceeding_id) AND (a.compartment = report_paragraph.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.report_paragraph AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.report_draft p
  WHERE ((p.id = report_paragraph.report_id) AND (p.proceeding_id = report_paragraph.proceeding_id) AND (p.compartment = report_paragraph.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.report_paragraph AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = report_paragraph.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.report_paragraph TO comity_app;

CREATE TABLE casework.report_paragraph_version (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  paragraph_id uuid NOT NULL,
  n integer NOT NULL,
  text text,
  by_side text NOT NULL,
  written_at timestamp with time zone NOT NULL,
  CONSTRAINT report_paragraph_version_n_uq UNIQUE (paragraph_id, n),
  CONSTRAINT report_paragraph_version_paragraph_fk FOREIGN KEY (paragraph_id) REFERENCES casework.report_paragraph(id),
  CONSTRAINT report_paragraph_version_pk PRIMARY KEY (id),
  CONSTRAINT report_paragraph_version_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.report_paragraph_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.report_paragraph_version AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = report_paragraph_version.proceeding_id) AND (a.compartment = report_paragraph_version.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.report_paragraph_version AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.report_paragraph p
  WHERE ((p.id = report_paragraph_version.paragraph_id) AND (p.proceeding_id = report_paragraph_version.proceeding_id) AND (p.compartment = report_paragraph_version.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.report_paragraph_version AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = report_paragraph_version.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.report_paragraph_version TO comity_app;

CREATE TABLE casework.reservation (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  state text NOT NULL,
  kind text NOT NULL,
  text text NOT NULL,
  made_on date NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  withdrawn_at timestamp with time zone,
  version integer NOT NULL,
  CONSTRAINT reservation_kind_ck CHECK ((kind = ANY (ARRAY['reservation'::text, 'statement'::text]))),
  CONSTRAINT reservation_pk PRIMARY KEY (id),
  CONSTRAINT reservation_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
CREATE INDEX reservation_proceeding_ix ON casework.reservation USING btree (proceeding_id, made_on, id);
ALTER TABLE casework.reservation ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.reservation AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.reservation AS RESTRICTIVE FOR UPDATE TO public USING (true) WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.reservation AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = reservation.proceeding_id) AND (a.compartment = reservation.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.reservation AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = reservation.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.reservation TO comity_app;

CREATE TABLE casework.sealed_name (
  communicant_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea NOT NULL,
  CONSTRAINT sealed_name_communicant_fk FOREIGN KEY (communicant_id) REFERENCES casework.communicant(id) ON DELETE CASCADE,
  CONSTRAINT sealed_name_identity_ck CHECK ((compartment = 'identity'::text)),
  CONSTRAINT sealed_name_pk PRIMARY KEY (communicant_id),
  CONSTRAINT sealed_name_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.sealed_name ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.sealed_name AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = sealed_name.proceeding_id) AND (a.compartment = sealed_name.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.sealed_name AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = sealed_name.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));

CREATE TABLE casework.sealed_original (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  withdrawal_id uuid NOT NULL,
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea,
  file_key text,
  CONSTRAINT sealed_original_compartment_ck CHECK ((compartment = 'identity'::text)),
  CONSTRAINT sealed_original_content_ck CHECK ((num_nonnulls(content, file_key) = 1)),
  CONSTRAINT sealed_original_file_uq UNIQUE (file_key),
  CONSTRAINT sealed_original_pk PRIMARY KEY (id),
  CONSTRAINT sealed_original_withdrawal_fk FOREIGN KEY (withdrawal_id) REFERENCES casework.withdrawal(id)
);
ALTER TABLE casework.sealed_original ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.sealed_original AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = sealed_original.proceeding_id) AND (a.compartment = sealed_original.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.sealed_original AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = sealed_original.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));

CREATE TABLE casework.sealed_seed (
  lot_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea NOT NULL,
  CONSTRAINT sealed_seed_compartment_ck CHECK ((compartment = 'identity'::text)),
  CONSTRAINT sealed_seed_lot_fk FOREIGN KEY (lot_id) REFERENCES casework.lot(id),
  CONSTRAINT sealed_seed_pk PRIMARY KEY (lot_id)
);
ALTER TABLE casework.sealed_seed ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.sealed_seed AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = sealed_seed.proceeding_id) AND (a.compartment = sealed_seed.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.sealed_seed AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = sealed_seed.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));

CREATE TABLE casework.side (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  principal_id uuid NOT NULL,
  CONSTRAINT side_pk PRIMARY KEY (proceeding_id, principal_id),
  CONSTRAINT side_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT side_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.side ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.side AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.side AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = side.proceeding_id) AND (a.compartment = side.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.side AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = side.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.side TO comity_app;
GRANT INSERT, SELECT ON casework.side TO comity_worker;

CREATE TABLE casework.sign_off (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  document_id uuid NOT NULL,
  document_version integer NOT NULL,
  side text NOT NULL,
  signed_at timestamp with time zone NOT NULL,
  circulation integer,
  CONSTRAINT sign_off_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT sign_off_pk PRIMARY KEY (id),
  CONSTRAINT sign_off_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT sign_off_uq UNIQUE (document_id, document_version, side, circulation)
);
CREATE INDEX sign_off_proceeding_ix ON casework.sign_off USING btree (proceeding_id, signed_at, id);
ALTER TABLE casework.sign_off ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.sign_off AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.sign_off AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.sign_off AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = sign_off.proceeding_id) AND (a.compartment = sign_off.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.sign_off AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document p
  WHERE ((p.id = sign_off.document_id) AND (p.proceeding_id = sign_off.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.sign_off AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = sign_off.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.sign_off TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.sign_off TO comity_worker;

CREATE TABLE casework.speaker (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  list text NOT NULL,
  side text NOT NULL,
  filed_by text NOT NULL,
  part text,
  accreditation text,
  accredited boolean,
  class text,
  seconds integer,
  place integer,
  registered_at timestamp with time zone NOT NULL,
  left_at timestamp with time zone,
  began_at timestamp with time zone,
  ended_at timestamp with time zone,
  used integer,
  cut boolean,
  text text,
  public_id uuid,
  version integer NOT NULL,
  CONSTRAINT speaker_accreditation_ck CHECK ((accreditation = ANY (ARRAY['ecosoc'::text, 'nhri-a'::text]))),
  CONSTRAINT speaker_class_ck CHECK ((class = ANY (ARRAY['member'::text, 'observer'::text]))),
  CONSTRAINT speaker_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT speaker_list_ck CHECK ((list = ANY (ARRAY['dialogue'::text, 'plenary'::text, 'stakeholders'::text]))),
  CONSTRAINT speaker_part_ck CHECK ((part = ANY (ARRAY['opening'::text, 'intermediate'::text, 'closing'::text]))),
  CONSTRAINT speaker_pk PRIMARY KEY (id),
  CONSTRAINT speaker_place_uq UNIQUE (proceeding_id, list, place) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT speaker_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT speaker_statement_ck CHECK (((num_nonnulls(ended_at, used, cut) = ANY (ARRAY[0, 3])) AND ((ended_at IS NULL) OR ((began_at IS NOT NULL) AND (ended_at >= began_at) AND (used >= 0)))))
);
CREATE INDEX speaker_list_ix ON casework.speaker USING btree (proceeding_id, list, place, id);
CREATE UNIQUE INDEX speaker_floor_uq ON casework.speaker USING btree (proceeding_id) WHERE ((began_at IS NOT NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX speaker_side_uq ON casework.speaker USING btree (proceeding_id, list, side) WHERE ((part IS NULL) AND (left_at IS NULL) AND (side <> '[withdrawn]'::text));
ALTER TABLE casework.speaker ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.speaker AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = speaker.proceeding_id) AND (a.compartment = speaker.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.speaker AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = speaker.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.speaker TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.speaker TO comity_worker;

CREATE TABLE casework.speaker_swap (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  list text NOT NULL,
  from_id uuid NOT NULL,
  with_id uuid NOT NULL,
  from_place integer NOT NULL,
  with_place integer NOT NULL,
  status text NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  CONSTRAINT speaker_swap_from_fk FOREIGN KEY (from_id) REFERENCES casework.speaker(id),
  CONSTRAINT speaker_swap_list_ck CHECK ((list = ANY (ARRAY['dialogue'::text, 'plenary'::text, 'stakeholders'::text]))),
  CONSTRAINT speaker_swap_pk PRIMARY KEY (id),
  CONSTRAINT speaker_swap_status_ck CHECK ((status = ANY (ARRAY['proposed'::text, 'accepted'::text, 'declined'::text, 'lapsed'::text]))),
  CONSTRAINT speaker_swap_two_ck CHECK ((from_id <> with_id)),
  CONSTRAINT speaker_swap_with_fk FOREIGN KEY (with_id) REFERENCES casework.speaker(id)
);
CREATE INDEX speaker_swap_list_ix ON casework.speaker_swap USING btree (proceeding_id, list, proposed_at, id);
CREATE UNIQUE INDEX speaker_swap_open_uq ON casework.speaker_swap USING btree (LEAST(from_id, with_id), GREATEST(from_id, with_id)) WHERE (status = 'proposed'::text);
ALTER TABLE casework.speaker_swap ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.speaker_swap AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = speaker_swap.proceeding_id) AND (a.compartment = speaker_swap.compartment))
 LIMIT 1));
CREATE POLICY parented_from_id ON casework.speaker_swap AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.speaker p
  WHERE ((p.id = speaker_swap.from_id) AND (p.proceeding_id = speaker_swap.proceeding_id))
 LIMIT 1));
CREATE POLICY parented_with_id ON casework.speaker_swap AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.speaker p
  WHERE ((p.id = speaker_swap.with_id) AND (p.proceeding_id = speaker_swap.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.speaker_swap AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = speaker_swap.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.speaker_swap TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.speaker_swap TO comity_worker;

CREATE TABLE casework.speakers_list (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  list text NOT NULL,
  drawn text[],
  draw jsonb,
  closed_at timestamp with time zone,
  member_seconds integer,
  observer_seconds integer,
  members_known boolean,
  version integer NOT NULL,
  CONSTRAINT speakers_list_closed_ck CHECK ((num_nonnulls(closed_at, member_seconds, observer_seconds, members_known) = ANY (ARRAY[0, 4]))),
  CONSTRAINT speakers_list_draw_ck CHECK (((drawn IS NULL) = (draw IS NULL))),
  CONSTRAINT speakers_list_list_ck CHECK ((list = ANY (ARRAY['dialogue'::text, 'plenary'::text, 'stakeholders'::text]))),
  CONSTRAINT speakers_list_pk PRIMARY KEY (id),
  CONSTRAINT speakers_list_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT speakers_list_uq UNIQUE (proceeding_id, list)
);
ALTER TABLE casework.speakers_list ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.speakers_list AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.speakers_list AS RESTRICTIVE FOR UPDATE TO public USING (true) WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.speakers_list AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = speakers_list.proceeding_id) AND (a.compartment = speakers_list.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.speakers_list AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = speakers_list.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.speakers_list TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.speakers_list TO comity_worker;

CREATE TABLE casework.stage_entry (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  stage text NOT NULL,
  move text,
  by_role text NOT NULL,
  reason text,
  entered_at timestamp with time zone NOT NULL,
  n integer NOT NULL,
  CONSTRAINT stage_entry_n_uq UNIQUE (proceeding_id, n),
  CONSTRAINT stage_entry_pk PRIMARY KEY (id),
  CONSTRAINT stage_entry_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.stage_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.stage_entry AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.stage_entry AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = stage_entry.proceeding_id) AND (a.compartment = stage_entry.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.stage_entry AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = stage_entry.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.stage_entry TO comity_app;
GRANT INSERT, SELECT ON casework.stage_entry TO comity_worker;

CREATE TABLE casework.summary (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  background text,
  version integer NOT NULL,
  CONSTRAINT summary_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT summary_kind_uq UNIQUE (proceeding_id, compartment, kind),
  CONSTRAINT summary_pk PRIMARY KEY (id),
  CONSTRAINT summary_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.summary ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.summary AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = summary.proceeding_id) AND (a.compartment = summary.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.summary AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = summary.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.summary TO comity_app;

CREATE TABLE casework.summary_paragraph (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  summary_id uuid NOT NULL,
  theme text NOT NULL,
  place integer NOT NULL,
  text text NOT NULL,
  notes jsonb NOT NULL,
  proposed boolean NOT NULL,
  emptied boolean NOT NULL,
  version integer NOT NULL,
  CONSTRAINT summary_paragraph_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT summary_paragraph_pk PRIMARY KEY (id),
  CONSTRAINT summary_paragraph_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT summary_paragraph_summary_fk FOREIGN KEY (summary_id) REFERENCES casework.summary(id)
);
CREATE INDEX summary_paragraph_summary_ix ON casework.summary_paragraph USING btree (summary_id, place, id);
ALTER TABLE casework.summary_paragraph ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.summary_paragraph AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = summary_paragraph.proceeding_id) AND (a.compartment = summary_paragraph.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.summary_paragraph AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.summary p
  WHERE ((p.id = summary_paragraph.summary_id) AND (p.proceeding_id = summary_paragraph.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.summary_paragraph AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = summary_paragraph.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.summary_paragraph TO comity_app;

CREATE TABLE casework.summary_source (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  document_id uuid,
  joint_number integer,
  mark text,
  name text NOT NULL,
  place text,
  partners text[] NOT NULL,
  withheld text[] NOT NULL,
  stands_with text NOT NULL,
  sealed boolean NOT NULL,
  added_at timestamp with time zone NOT NULL,
  version integer NOT NULL,
  CONSTRAINT summary_source_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT summary_source_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT summary_source_mark_uq UNIQUE (proceeding_id, compartment, kind, mark),
  CONSTRAINT summary_source_number_uq UNIQUE (proceeding_id, compartment, kind, joint_number),
  CONSTRAINT summary_source_pk PRIMARY KEY (id),
  CONSTRAINT summary_source_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT summary_source_stands_with_ck CHECK ((stands_with = ANY (ARRAY['civil-society'::text, 'regional'::text, 'nhri'::text, 'united-nations'::text])))
);
ALTER TABLE casework.summary_source ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.summary_source AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = summary_source.proceeding_id) AND (a.compartment = summary_source.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.summary_source AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (((document_id IS NULL) OR ( SELECT true
   FROM casework.document p
  WHERE ((p.id = summary_source.document_id) AND (p.proceeding_id = summary_source.proceeding_id))
 LIMIT 1)));
CREATE POLICY recused ON casework.summary_source AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = summary_source.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.summary_source TO comity_app;

CREATE TABLE casework.test_answer (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  test text NOT NULL,
  n integer NOT NULL,
  answer text NOT NULL,
  reasons text NOT NULL,
  by_role text NOT NULL,
  answered_at timestamp with time zone NOT NULL,
  CONSTRAINT test_answer_answer_ck CHECK ((answer = ANY (ARRAY['pass'::text, 'fail'::text, 'undetermined'::text]))),
  CONSTRAINT test_answer_compartment_ck CHECK ((compartment = ANY (ARRAY['committee'::text, 'parties'::text]))),
  CONSTRAINT test_answer_n_uq UNIQUE (proceeding_id, compartment, n),
  CONSTRAINT test_answer_pk PRIMARY KEY (id),
  CONSTRAINT test_answer_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
ALTER TABLE casework.test_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.test_answer AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = test_answer.proceeding_id) AND (a.compartment = test_answer.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.test_answer AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = test_answer.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY shared_by_the_procedure ON casework.test_answer AS RESTRICTIVE FOR INSERT TO public WITH CHECK (((compartment = 'committee'::text) OR (identity.principals() = ARRAY[proceeding_id])));
GRANT INSERT, SELECT ON casework.test_answer TO comity_app;

CREATE TABLE casework.troika_request (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  rapporteur text,
  status text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  answered_at timestamp with time zone,
  version integer NOT NULL,
  CONSTRAINT troika_request_answered_ck CHECK (((answered_at IS NULL) = (status = 'open'::text))),
  CONSTRAINT troika_request_kind_ck CHECK ((kind = ANY (ARRAY['own-region'::text, 'substitution'::text, 'excusal'::text]))),
  CONSTRAINT troika_request_pk PRIMARY KEY (id),
  CONSTRAINT troika_request_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT troika_request_rapporteur_ck CHECK (((rapporteur IS NULL) = (kind = 'own-region'::text))),
  CONSTRAINT troika_request_rapporteur_fk FOREIGN KEY (rapporteur) REFERENCES reference.state(iso3),
  CONSTRAINT troika_request_status_ck CHECK ((status = ANY (ARRAY['open'::text, 'granted'::text, 'declined'::text])))
);
CREATE INDEX troika_request_proceeding_ix ON casework.troika_request USING btree (proceeding_id, asked_at, id);
CREATE UNIQUE INDEX troika_request_open_uq ON casework.troika_request USING btree (proceeding_id, rapporteur) WHERE (status = 'open'::text);
CREATE UNIQUE INDEX troika_request_own_uq ON casework.troika_request USING btree (proceeding_id) WHERE (kind = 'own-region'::text);
ALTER TABLE casework.troika_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.troika_request AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.troika_request AS RESTRICTIVE FOR UPDATE TO public USING (true) WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.troika_request AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = troika_request.proceeding_id) AND (a.compartment = troika_request.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.troika_request AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = troika_request.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.troika_request TO comity_app;

CREATE TABLE casework.upload (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  document_id uuid NOT NULL,
  account_id uuid NOT NULL,
  language text NOT NULL,
  standing text NOT NULL,
  if_match integer NOT NULL,
  media_type text NOT NULL,
  metadata text,
  length integer NOT NULL,
  received integer NOT NULL,
  parts integer NOT NULL,
  status text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT upload_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT upload_desk_ck CHECK ((compartment ~~ 'desk:%'::text)),
  CONSTRAINT upload_document_fk FOREIGN KEY (document_id) REFERENCES casework.document(id),
  CONSTRAINT upload_length_ck CHECK ((length > 0)),
  CONSTRAINT upload_pk PRIMARY KEY (id),
  CONSTRAINT upload_received_ck CHECK ((((received >= 0) AND (received <= length)) AND ((status <> 'open'::text) OR (received < length)) AND ((status <> 'taken'::text) OR (received = length)))),
  CONSTRAINT upload_status_ck CHECK ((status = ANY (ARRAY['open'::text, 'taken'::text, 'ended'::text])))
);
CREATE INDEX upload_account_ix ON casework.upload USING btree (account_id);
CREATE INDEX upload_document_ix ON casework.upload USING btree (document_id);
CREATE INDEX upload_expires_ix ON casework.upload USING btree (expires_at);
ALTER TABLE casework.upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.upload AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = upload.proceeding_id) AND (a.compartment = upload.compartment))
 LIMIT 1));
CREATE POLICY own ON casework.upload AS RESTRICTIVE FOR ALL TO public USING ((account_id = identity.viewer()));
CREATE POLICY parented ON casework.upload AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.document p
  WHERE ((p.id = upload.document_id) AND (p.proceeding_id = upload.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.upload AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = upload.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.upload TO comity_app;

CREATE TABLE casework.upload_part (
  upload_id uuid NOT NULL,
  starts integer NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  account_id uuid NOT NULL,
  bytes integer NOT NULL,
  file_key text NOT NULL,
  CONSTRAINT upload_part_bytes_ck CHECK ((bytes > 0)),
  CONSTRAINT upload_part_pk PRIMARY KEY (upload_id, starts),
  CONSTRAINT upload_part_upload_fk FOREIGN KEY (upload_id) REFERENCES casework.upload(id) ON DELETE CASCADE
);
CREATE INDEX upload_part_file_ix ON casework.upload_part USING btree (file_key);
ALTER TABLE casework.upload_part ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON casework.upload_part AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = upload_part.proceeding_id) AND (a.compartment = upload_part.compartment))
 LIMIT 1));
CREATE POLICY own ON casework.upload_part AS RESTRICTIVE FOR ALL TO public USING ((account_id = identity.viewer()));
CREATE POLICY parented ON casework.upload_part AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.upload p
  WHERE ((p.id = upload_part.upload_id) AND (p.proceeding_id = upload_part.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.upload_part AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = upload_part.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.upload_part TO comity_app;

CREATE TABLE casework.withdrawal (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  kind text NOT NULL,
  item_id uuid NOT NULL,
  public_id uuid NOT NULL,
  parts text[] NOT NULL,
  ground text,
  reason text,
  at timestamp with time zone NOT NULL,
  published boolean NOT NULL,
  CONSTRAINT withdrawal_pk PRIMARY KEY (id),
  CONSTRAINT withdrawal_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id)
);
CREATE INDEX withdrawal_page_ix ON casework.withdrawal USING btree (proceeding_id, at, id);
ALTER TABLE casework.withdrawal ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.withdrawal AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.withdrawal AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = withdrawal.proceeding_id) AND (a.compartment = withdrawal.compartment))
 LIMIT 1));
CREATE POLICY recused ON casework.withdrawal AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = withdrawal.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT ON casework.withdrawal TO comity_app;

CREATE TABLE casework.withdrawal_request (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  secretariat_id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  public_id uuid,
  why text NOT NULL,
  status text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  answer text,
  answered_at timestamp with time zone,
  version integer NOT NULL,
  item_id uuid,
  CONSTRAINT withdrawal_request_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT withdrawal_request_item_ck CHECK ((num_nonnulls(item_id, public_id) = 1)),
  CONSTRAINT withdrawal_request_pk PRIMARY KEY (id),
  CONSTRAINT withdrawal_request_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id),
  CONSTRAINT withdrawal_request_secretariat_fk FOREIGN KEY (secretariat_id) REFERENCES identity.principal(id),
  CONSTRAINT withdrawal_request_status_ck CHECK ((status = ANY (ARRAY['open'::text, 'granted'::text, 'declined'::text])))
);
CREATE INDEX withdrawal_request_account_ix ON casework.withdrawal_request USING btree (account_id, asked_at, id);
CREATE INDEX withdrawal_request_secretariat_ix ON casework.withdrawal_request USING btree (secretariat_id, asked_at, id);
ALTER TABLE casework.withdrawal_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY answered ON casework.withdrawal_request AS RESTRICTIVE FOR UPDATE TO public USING ((secretariat_id = ANY (identity.principals())));
CREATE POLICY asked ON casework.withdrawal_request AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((account_id = identity.viewer()));
CREATE POLICY concerned ON casework.withdrawal_request AS PERMISSIVE FOR ALL TO public USING (((account_id = identity.viewer()) OR (secretariat_id = ANY (identity.principals()))));
CREATE POLICY recused ON casework.withdrawal_request AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = withdrawal_request.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT INSERT, SELECT, UPDATE ON casework.withdrawal_request TO comity_app;

CREATE TABLE casework.wording (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  recommendation_id uuid NOT NULL,
  n integer NOT NULL,
  kind text NOT NULL,
  by_side text NOT NULL,
  texts text[] NOT NULL,
  reason text,
  replaces integer,
  status text NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  decided_by text,
  decision text,
  CONSTRAINT wording_compartment_uq UNIQUE (id, compartment),
  CONSTRAINT wording_decided_ck CHECK ((num_nonnulls(decided_by, decision) <> 1)),
  CONSTRAINT wording_kind_ck CHECK ((kind = ANY (ARRAY['made'::text, 'amendment'::text, 'delivered'::text, 'editorial'::text, 'corrigendum'::text, 'split'::text]))),
  CONSTRAINT wording_n_uq UNIQUE (recommendation_id, n),
  CONSTRAINT wording_pk PRIMARY KEY (id),
  CONSTRAINT wording_recommendation_fk FOREIGN KEY (recommendation_id, compartment) REFERENCES casework.recommendation(id, compartment) ON UPDATE CASCADE,
  CONSTRAINT wording_settled_ck CHECK (((settled_at IS NULL) = (status = 'open'::text))),
  CONSTRAINT wording_status_ck CHECK ((status = ANY (ARRAY['open'::text, 'adopted'::text, 'refused'::text, 'overtaken'::text, 'lapsed'::text, 'unchanged'::text]))),
  CONSTRAINT wording_texts_ck CHECK ((cardinality(texts) > 0))
);
ALTER TABLE casework.wording ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.wording AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.wording AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.wording AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = wording.proceeding_id) AND (a.compartment = wording.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.wording AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.recommendation p
  WHERE ((p.id = wording.recommendation_id) AND (p.proceeding_id = wording.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.wording AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = wording.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY shared ON casework.wording AS RESTRICTIVE FOR SELECT TO public USING (((status = 'adopted'::text) OR (kind = ANY (ARRAY['made'::text, 'delivered'::text, 'split'::text])) OR (identity.principals() = ARRAY[proceeding_id]) OR ( SELECT true
   FROM identity.principal q
  WHERE ((q.key = wording.by_side) AND (q.id = ANY (identity.principals())))
 LIMIT 1) OR ( SELECT true
   FROM (casework.recommender s
     JOIN identity.principal q ON ((q.key = ('state:'::text || s.iso3))))
  WHERE ((s.recommendation_id = wording.recommendation_id) AND (s.status = 'confirmed'::text) AND (q.id = ANY (identity.principals())))
 LIMIT 1)));
GRANT INSERT, SELECT, UPDATE ON casework.wording TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.wording TO comity_worker;

CREATE TABLE casework.wording_answer (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  wording_id uuid NOT NULL,
  iso3 text NOT NULL,
  accepted boolean NOT NULL,
  answered_at timestamp with time zone NOT NULL,
  CONSTRAINT wording_answer_pk PRIMARY KEY (id),
  CONSTRAINT wording_answer_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT wording_answer_uq UNIQUE (wording_id, iso3),
  CONSTRAINT wording_answer_wording_fk FOREIGN KEY (wording_id, compartment) REFERENCES casework.wording(id, compartment) ON UPDATE CASCADE
);
ALTER TABLE casework.wording_answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_the_procedure ON casework.wording_answer AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY changed_by_the_procedure ON casework.wording_answer AS RESTRICTIVE FOR UPDATE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
CREATE POLICY granted ON casework.wording_answer AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = wording_answer.proceeding_id) AND (a.compartment = wording_answer.compartment))
 LIMIT 1));
CREATE POLICY parented ON casework.wording_answer AS RESTRICTIVE FOR ALL TO public USING (true) WITH CHECK (( SELECT true
   FROM casework.wording p
  WHERE ((p.id = wording_answer.wording_id) AND (p.proceeding_id = wording_answer.proceeding_id))
 LIMIT 1));
CREATE POLICY recused ON casework.wording_answer AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = wording_answer.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
CREATE POLICY shared ON casework.wording_answer AS RESTRICTIVE FOR SELECT TO public USING (( SELECT true
   FROM casework.wording w
  WHERE (w.id = wording_answer.wording_id)
 LIMIT 1));
CREATE POLICY withdrawn_by_the_procedure ON casework.wording_answer AS RESTRICTIVE FOR DELETE TO public USING ((identity.principals() = ARRAY[proceeding_id]));
GRANT DELETE, INSERT, SELECT, UPDATE ON casework.wording_answer TO comity_app;
GRANT INSERT, SELECT, UPDATE ON casework.wording_answer TO comity_worker;

CREATE OR REPLACE FUNCTION casework.act(proceeding uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = 'case' AND a.principal_id = ANY (identity.principals()))
    OR EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = proceeding
      AND x.account_id = identity.viewer()) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('comity.viewer', '', true);
  PERFORM set_config('comity.administrator', '', true);
  PERFORM set_config('comity.principals', ARRAY[proceeding]::text, true);
END $function$;
GRANT EXECUTE ON FUNCTION casework.act(uuid) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.act(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.any_proceeding()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM casework.proceeding) $function$;
GRANT EXECUTE ON FUNCTION casework.any_proceeding() TO comity_app;

CREATE OR REPLACE FUNCTION casework.doubt_at_once(keys text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO casework.file_in_doubt SELECT DISTINCT k.key, 'epoch'::timestamptz
    FROM unnest(keys) AS k(key)
  ON CONFLICT (file_key) DO UPDATE SET since = 'epoch' $function$;
GRANT EXECUTE ON FUNCTION casework.doubt_at_once(text[]) TO comity_app;

CREATE OR REPLACE FUNCTION casework.drop_seed(lot uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  DELETE FROM casework.sealed_seed s USING casework.lot l WHERE s.lot_id = lot AND l.id = lot
    AND l.status = 'cancelled' AND identity.principals() = ARRAY[l.proceeding_id] $function$;
GRANT EXECUTE ON FUNCTION casework.drop_seed(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.drop_uploads(document uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO casework.file_in_doubt SELECT p.file_key, 'epoch' FROM casework.upload_part p
    JOIN casework.upload u ON u.id = p.upload_id
    WHERE u.document_id = document AND identity.principals() = ARRAY[u.proceeding_id]
  ON CONFLICT (file_key) DO UPDATE SET since = 'epoch';
  DELETE FROM casework.upload u
    WHERE u.document_id = document AND identity.principals() = ARRAY[u.proceeding_id] $function$;
GRANT EXECUTE ON FUNCTION casework.drop_uploads(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.exclude(proceeding uuid, who uuid, reason text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF identity.principals() IS DISTINCT FROM ARRAY[proceeding] THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework.exclusion VALUES (who, proceeding, date_trunc('milliseconds', now()), reason)
    ON CONFLICT DO NOTHING;
END $function$;
GRANT EXECUTE ON FUNCTION casework.exclude(uuid,uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION casework.file_known(key text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM casework.document_text t WHERE t.file_key = key)
      OR EXISTS (SELECT FROM casework.document_original o WHERE o.file_key = key)
      OR EXISTS (SELECT FROM record.file f WHERE f.file_key = key)
      OR EXISTS (SELECT FROM casework.upload_part p WHERE p.file_key = key) $function$;
GRANT EXECUTE ON FUNCTION casework.file_known(text) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.file_known(text) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.file_sealed(key text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM casework.sealed_original o WHERE o.file_key = key) $function$;
GRANT EXECUTE ON FUNCTION casework.file_sealed(text) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.forget_answers(before timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH gone AS (DELETE FROM casework.idempotency WHERE stored_at < before RETURNING 1)
  SELECT count(*)::int FROM gone $function$;
GRANT EXECUTE ON FUNCTION casework.forget_answers(timestamp with time zone) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.forget_answers(timestamp with time zone) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.forget_answers_about(proceeding uuid, item uuid, public uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  DELETE FROM casework.idempotency i WHERE identity.principals() = ARRAY[proceeding]
    AND (i.proceeding_id = proceeding OR i.proceeding_id IS NULL)
    AND (position(item::text IN i.answer) > 0 OR position(public::text IN i.answer) > 0) $function$;
GRANT EXECUTE ON FUNCTION casework.forget_answers_about(uuid,uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.forget_uploads()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH gone AS (DELETE FROM casework.upload WHERE expires_at < now() RETURNING 1)
  SELECT count(*)::int FROM gone $function$;
GRANT EXECUTE ON FUNCTION casework.forget_uploads() TO comity_worker;

CREATE OR REPLACE FUNCTION casework.grants(proceeding uuid)
 RETURNS TABLE(compartment text, principal_id uuid, because text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT a.compartment, a.principal_id, a.because FROM casework.access a
  WHERE a.proceeding_id = proceeding AND identity.principals() = ARRAY[proceeding] $function$;
GRANT EXECUTE ON FUNCTION casework.grants(uuid) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.grants(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.keep_name(communicant uuid, seal jsonb, content bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF NOT casework.names_own(communicant) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework.sealed_name SELECT c.id, c.proceeding_id, 'identity', seal->>'keyId', seal,
    content FROM casework.communicant c WHERE c.id = communicant;
END $function$;
GRANT EXECUTE ON FUNCTION casework.keep_name(uuid,jsonb,bytea) TO comity_app;

CREATE OR REPLACE FUNCTION casework.keep_sealed(id uuid, proceeding uuid, withdrawal uuid, seal jsonb, content bytea, file text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF identity.principals() IS DISTINCT FROM ARRAY[proceeding] OR NOT EXISTS (
      SELECT FROM casework.withdrawal w WHERE w.id = withdrawal AND w.proceeding_id = proceeding) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO casework.sealed_original VALUES (id, proceeding, 'identity', withdrawal,
    seal->>'keyId', seal, content, file);
END $function$;
GRANT EXECUTE ON FUNCTION casework.keep_sealed(uuid,uuid,uuid,jsonb,bytea,text) TO comity_app;

CREATE OR REPLACE FUNCTION casework.keep_seed(lot uuid, seal jsonb, content bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO casework.sealed_seed SELECT l.id, l.proceeding_id, 'identity', seal->>'keyId', seal,
      content FROM casework.lot l
    WHERE l.id = lot AND l.status = 'announced' AND identity.principals() = ARRAY[l.proceeding_id];
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $function$;
GRANT EXECUTE ON FUNCTION casework.keep_seed(uuid,jsonb,bytea) TO comity_app;

CREATE OR REPLACE FUNCTION casework.look_again(named text, schedules text, since timestamp with time zone, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO casework.reminder_plan VALUES (named, schedules)
    ON CONFLICT (mechanism) DO UPDATE SET digest = excluded.digest
    WHERE reminder_plan.digest <> excluded.digest;
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE casework.deadline d SET remind_at = at FROM casework.proceeding p
    WHERE p.id = d.proceeding_id AND p.mechanism = named AND d.met_at IS NULL
      AND d.status IN ('pending', 'lapsed') AND d.due > since;
END $function$;
GRANT EXECUTE ON FUNCTION casework.look_again(text,text,timestamp with time zone,timestamp with time zone) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.names_own(communicant uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM casework.communicant c
    JOIN casework.access a ON a.proceeding_id = c.proceeding_id AND a.compartment = c.compartment
    WHERE c.id = communicant AND c.compartment LIKE 'desk:%'
      AND a.principal_id = ANY (identity.principals()) AND a.because <> 'procedure'
      AND NOT EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = c.proceeding_id
        AND x.account_id = identity.viewer())) $function$;
GRANT EXECUTE ON FUNCTION casework.names_own(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.next_embargo(before timestamp with time zone, warning interval, grace interval, without uuid[])
 RETURNS TABLE(id uuid, proceeding_id uuid, key text, due timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT DISTINCT p.document_id, p.proceeding_id, e.key, e.due FROM casework.publication p
    CROSS JOIN LATERAL (VALUES
      ('embargo-warning', CASE WHEN p.warned_at IS NULL THEN p.until - warning END),
      ('embargo-end', p.until + grace)) AS e (key, due)
  WHERE p.ended_at IS NULL AND e.due <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY e.due, p.document_id LIMIT 1 $function$;
GRANT EXECUTE ON FUNCTION casework.next_embargo(timestamp with time zone,interval,interval,uuid[]) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.next_embargo(timestamp with time zone,interval,interval,uuid[]) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.next_number(proceeding uuid, called text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE given int;
BEGIN
  IF identity.principals() IS DISTINCT FROM ARRAY[proceeding] OR NOT EXISTS (
      SELECT FROM casework.proceeding p WHERE p.id = proceeding AND p.case_number IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO identity.number_series AS s VALUES (called, 1)
    ON CONFLICT (series) DO UPDATE SET last = s.last + 1 RETURNING s.last INTO given;
  RETURN given;
END $function$;
GRANT EXECUTE ON FUNCTION casework.next_number(uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION casework.next_unanswered(before timestamp with time zone, grace interval, without uuid[])
 RETURNS TABLE(id uuid, proceeding_id uuid, key text, due timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT p.document_id, p.proceeding_id, 'joint-acceptance', d.due + coalesce(p.extended_by::interval, '0') FROM casework.partner p
    CROSS JOIN LATERAL (SELECT max(e.due) AS due FROM casework.deadline e
      WHERE e.proceeding_id = p.proceeding_id AND e.key = p.accepted_until
        AND e.status <> 'cancelled') d
  WHERE p.status = 'asked' AND d.due + coalesce(p.extended_by::interval, '0') + grace <= before AND p.proceeding_id <> ALL (without)
    AND EXISTS (SELECT FROM identity.principal c
      WHERE c.kind = 'clock' AND identity.principals() = ARRAY[c.id])
  ORDER BY d.due + coalesce(p.extended_by::interval, '0'), p.document_id LIMIT 1 $function$;
GRANT EXECUTE ON FUNCTION casework.next_unanswered(timestamp with time zone,interval,uuid[]) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.next_unanswered(timestamp with time zone,interval,uuid[]) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.open_seed(lot uuid, value text)
 RETURNS TABLE(seal jsonb, content bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  UPDATE casework.lot l SET public_value = value WHERE l.id = lot AND l.status = 'announced'
    AND l.public_value IS NULL AND identity.principals() = ARRAY[l.proceeding_id]
    AND l.known_from <= now() + (SELECT c.shift_ms FROM reference.clock c) * interval '1 ms';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY DELETE FROM casework.sealed_seed s WHERE s.lot_id = lot RETURNING s.seal, s.content;
END $function$;
GRANT EXECUTE ON FUNCTION casework.open_seed(uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION casework.own_names(proceeding uuid)
 RETURNS TABLE(communicant_id uuid, seal jsonb, content bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT n.communicant_id, n.seal, n.content FROM casework.sealed_name n
  WHERE n.proceeding_id = proceeding AND casework.names_own(n.communicant_id) $function$;
GRANT EXECUTE ON FUNCTION casework.own_names(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.person_of(proceeding uuid, member uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT m.account_id FROM identity.membership m JOIN identity.principal p ON p.id = m.principal_id
  WHERE p.key = 'member:' || member AND identity.principals() = ARRAY[proceeding] $function$;
GRANT EXECUTE ON FUNCTION casework.person_of(uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.read_as(proceedings uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF current_setting('transaction_read_only') <> 'on' OR EXISTS (SELECT FROM unnest(proceedings) AS asked(id)
    WHERE NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = asked.id
        AND a.compartment = 'case' AND a.principal_id = ANY (identity.principals()))
      OR EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = asked.id
        AND x.account_id = identity.viewer())) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('comity.viewer', '', true);
  PERFORM set_config('comity.administrator', '', true);
  PERFORM set_config('comity.principals', proceedings::text, true);
END $function$;
GRANT EXECUTE ON FUNCTION casework.read_as(uuid[]) TO comity_app;

CREATE OR REPLACE FUNCTION casework.recused_members(proceeding uuid)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT replace(p.key, 'member:', '')::uuid FROM casework.exclusion x
  JOIN identity.membership m ON m.account_id = x.account_id
  JOIN identity.principal p ON p.id = m.principal_id AND p.kind = 'member'
  WHERE x.proceeding_id = proceeding AND identity.principals() = ARRAY[proceeding] $function$;
GRANT EXECUTE ON FUNCTION casework.recused_members(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION casework.regrant(proceeding uuid, grants jsonb, revokes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  IF identity.principals() <> ARRAY[proceeding] AND (
      EXISTS (SELECT FROM casework.proceeding p WHERE p.id = proceeding)
      OR EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding)) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM casework.access a USING jsonb_to_recordset(revokes) AS r(compartment text, "principalId" uuid)
    WHERE a.proceeding_id = proceeding AND a.compartment = r.compartment
      AND a.principal_id = r."principalId";
  INSERT INTO casework.access SELECT proceeding, g.compartment, g."principalId", g.because
    FROM jsonb_to_recordset(grants) AS g(compartment text, "principalId" uuid, because text)
  ON CONFLICT DO NOTHING;
END $function$;
GRANT EXECUTE ON FUNCTION casework.regrant(uuid,jsonb,jsonb) TO comity_app;
GRANT EXECUTE ON FUNCTION casework.regrant(uuid,jsonb,jsonb) TO comity_worker;

CREATE OR REPLACE FUNCTION casework.sealing_keys()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT o.key_id FROM casework.sealed_original o
  UNION SELECT s.key_id FROM casework.sealed_seed s
  UNION SELECT w.key_id FROM identity.webhook_secret w
  UNION SELECT n.key_id FROM casework.sealed_name n $function$;
GRANT EXECUTE ON FUNCTION casework.sealing_keys() TO comity_app;
GRANT EXECUTE ON FUNCTION casework.sealing_keys() TO comity_worker;
CREATE SCHEMA identity AUTHORIZATION comity_owner;
GRANT USAGE ON SCHEMA identity TO comity_app;
GRANT USAGE ON SCHEMA identity TO comity_worker;

CREATE TABLE identity.account (
  id uuid NOT NULL,
  email text,
  name text,
  password_hash text,
  administrator boolean NOT NULL,
  created_at timestamp with time zone NOT NULL,
  disabled_at timestamp with time zone,
  language text,
  CONSTRAINT account_email_ck CHECK ((email = lower(email))),
  CONSTRAINT account_email_uq UNIQUE (email),
  CONSTRAINT account_nameless_ck CHECK ((((email IS NULL) = (name IS NULL)) AND ((email IS NULL) = (password_hash IS NULL)) AND (NOT ((email IS NULL) AND administrator)))),
  CONSTRAINT account_pk PRIMARY KEY (id)
);
CREATE INDEX account_created_ix ON identity.account USING btree (created_at, id);
ALTER TABLE identity.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY administered ON identity.account AS PERMISSIVE FOR ALL TO public USING ((identity.is_administrator() AND (email IS NOT NULL)));
CREATE POLICY own ON identity.account AS PERMISSIVE FOR UPDATE TO public USING ((id = identity.viewer()));
CREATE POLICY seen ON identity.account AS PERMISSIVE FOR SELECT TO public USING (((id = identity.viewer()) OR ((identity.is_administrator() OR (id IN ( SELECT m.account_id
   FROM identity.membership m))) AND (email IS NOT NULL))));
GRANT INSERT ON identity.account TO comity_app;
GRANT SELECT ON identity.account (administrator) TO comity_app;
GRANT SELECT ON identity.account (created_at) TO comity_app;
GRANT SELECT ON identity.account (disabled_at) TO comity_app;
GRANT SELECT ON identity.account (email) TO comity_app;
GRANT SELECT ON identity.account (id) TO comity_app;
GRANT SELECT ON identity.account (name) TO comity_app;
GRANT SELECT, UPDATE ON identity.account (language) TO comity_app;
GRANT UPDATE ON identity.account (password_hash) TO comity_app;

CREATE TABLE identity.allowance (
  key text NOT NULL,
  points integer NOT NULL,
  expire bigint NOT NULL,
  CONSTRAINT allowance_pk PRIMARY KEY (key)
);
GRANT INSERT, SELECT, UPDATE ON identity.allowance TO comity_app;
GRANT INSERT, SELECT, UPDATE ON identity.allowance TO comity_worker;

CREATE TABLE identity.api_key (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  prefix text NOT NULL,
  secret_hash text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT api_key_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT api_key_pk PRIMARY KEY (id),
  CONSTRAINT api_key_secret_uq UNIQUE (secret_hash)
);
CREATE INDEX api_key_account_ix ON identity.api_key USING btree (account_id, created_at, id);
ALTER TABLE identity.api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.api_key AS PERMISSIVE FOR ALL TO public USING ((account_id = identity.viewer()));
CREATE TRIGGER ended BEFORE UPDATE ON identity.api_key FOR EACH ROW WHEN ((old.revoked_at IS NOT NULL)) EXECUTE FUNCTION identity.stay_ended();
GRANT INSERT ON identity.api_key TO comity_app;
GRANT SELECT ON identity.api_key (account_id) TO comity_app;
GRANT SELECT ON identity.api_key (created_at) TO comity_app;
GRANT SELECT ON identity.api_key (expires_at) TO comity_app;
GRANT SELECT ON identity.api_key (id) TO comity_app;
GRANT SELECT ON identity.api_key (name) TO comity_app;
GRANT SELECT ON identity.api_key (prefix) TO comity_app;
GRANT SELECT ON identity.api_key (scopes) TO comity_app;
GRANT SELECT ON identity.api_key (used_at) TO comity_app;
GRANT SELECT, UPDATE ON identity.api_key (revoked_at) TO comity_app;

CREATE TABLE identity.attempt (
  bucket text NOT NULL,
  count integer NOT NULL,
  since timestamp with time zone NOT NULL,
  CONSTRAINT attempt_pk PRIMARY KEY (bucket)
);
ALTER TABLE identity.attempt ENABLE ROW LEVEL SECURITY;

CREATE TABLE identity.calendar_feed (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  secret_hash text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT calendar_feed_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT calendar_feed_pk PRIMARY KEY (id),
  CONSTRAINT calendar_feed_secret_uq UNIQUE (secret_hash)
);
CREATE INDEX calendar_feed_account_ix ON identity.calendar_feed USING btree (account_id, created_at, id);
ALTER TABLE identity.calendar_feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.calendar_feed AS PERMISSIVE FOR ALL TO public USING ((account_id = identity.viewer()));
CREATE TRIGGER ended BEFORE UPDATE ON identity.calendar_feed FOR EACH ROW WHEN ((old.revoked_at IS NOT NULL)) EXECUTE FUNCTION identity.stay_ended();
GRANT INSERT ON identity.calendar_feed TO comity_app;
GRANT SELECT ON identity.calendar_feed (account_id) TO comity_app;
GRANT SELECT ON identity.calendar_feed (created_at) TO comity_app;
GRANT SELECT ON identity.calendar_feed (id) TO comity_app;
GRANT SELECT ON identity.calendar_feed (name) TO comity_app;
GRANT SELECT, UPDATE ON identity.calendar_feed (revoked_at) TO comity_app;

CREATE TABLE identity.case_key (
  account_id uuid NOT NULL,
  secret_hash text NOT NULL,
  next_hash text,
  made_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT case_key_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT case_key_next_uq UNIQUE (next_hash),
  CONSTRAINT case_key_pk PRIMARY KEY (account_id),
  CONSTRAINT case_key_secret_uq UNIQUE (secret_hash)
);
CREATE INDEX case_key_made_ix ON identity.case_key USING btree (made_at);
ALTER TABLE identity.case_key ENABLE ROW LEVEL SECURITY;

CREATE TABLE identity.delivery (
  id uuid NOT NULL,
  notice_id uuid NOT NULL,
  channel text NOT NULL,
  target uuid,
  nth integer NOT NULL,
  reason text,
  letter uuid NOT NULL,
  status text NOT NULL,
  again boolean NOT NULL,
  attempts integer NOT NULL,
  queued_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  claimed_until timestamp with time zone,
  look_at timestamp with time zone,
  settled_at timestamp with time zone,
  not_before timestamp with time zone,
  CONSTRAINT delivery_channel_ck CHECK ((channel = ANY (ARRAY['mail'::text, 'webhook'::text]))),
  CONSTRAINT delivery_notice_fk FOREIGN KEY (notice_id) REFERENCES identity.notice(id),
  CONSTRAINT delivery_once_uq UNIQUE NULLS NOT DISTINCT (notice_id, channel, target, nth),
  CONSTRAINT delivery_pk PRIMARY KEY (id),
  CONSTRAINT delivery_status_ck CHECK ((status = ANY (ARRAY['queued'::text, 'attempted'::text, 'accepted'::text, 'deferred'::text, 'failed'::text, 'withheld'::text, 'declined'::text])))
);
CREATE INDEX delivery_letter_ix ON identity.delivery USING btree (letter);
CREATE INDEX delivery_look_ix ON identity.delivery USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX delivery_settled_ix ON identity.delivery USING btree (settled_at) WHERE (settled_at IS NOT NULL);
ALTER TABLE identity.delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.delivery AS PERMISSIVE FOR ALL TO public USING ((EXISTS ( SELECT
   FROM identity.notice n
  WHERE ((n.id = delivery.notice_id) AND (n.account_id = identity.viewer())))));
GRANT SELECT ON identity.delivery TO comity_app;

CREATE TABLE identity.delivery_attempt (
  delivery_id uuid NOT NULL,
  n integer NOT NULL,
  began_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  outcome text NOT NULL,
  answer text,
  CONSTRAINT delivery_attempt_delivery_fk FOREIGN KEY (delivery_id) REFERENCES identity.delivery(id),
  CONSTRAINT delivery_attempt_outcome_ck CHECK ((outcome = ANY (ARRAY['attempted'::text, 'accepted'::text, 'deferred'::text, 'failed'::text, 'cut'::text, 'bounced'::text]))),
  CONSTRAINT delivery_attempt_pk PRIMARY KEY (delivery_id, n)
);
ALTER TABLE identity.delivery_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.delivery_attempt AS PERMISSIVE FOR ALL TO public USING ((EXISTS ( SELECT
   FROM identity.delivery d
  WHERE (d.id = delivery_attempt.delivery_id))));
GRANT SELECT ON identity.delivery_attempt TO comity_app;

CREATE TABLE identity.failed_job (
  id uuid NOT NULL,
  lane text NOT NULL,
  name text NOT NULL,
  data jsonb NOT NULL,
  key text NOT NULL,
  error text NOT NULL,
  code text,
  place text,
  times integer NOT NULL,
  first_failed_at timestamp with time zone NOT NULL,
  last_failed_at timestamp with time zone NOT NULL,
  status text NOT NULL,
  carried_at timestamp with time zone,
  acts jsonb NOT NULL,
  settled_at timestamp with time zone,
  version integer NOT NULL,
  CONSTRAINT failed_job_lane_ck CHECK ((lane = ANY (ARRAY['work'::text, 'letters'::text]))),
  CONSTRAINT failed_job_pk PRIMARY KEY (id),
  CONSTRAINT failed_job_status_ck CHECK ((status = ANY (ARRAY['open'::text, 'retrying'::text, 'discarding'::text, 'healed'::text, 'discarded'::text])))
);
CREATE INDEX failed_job_asked_ix ON identity.failed_job USING btree (id) WHERE (status = ANY (ARRAY['retrying'::text, 'discarding'::text]));
CREATE INDEX failed_job_last_ix ON identity.failed_job USING btree (last_failed_at, id);
CREATE INDEX failed_job_settled_ix ON identity.failed_job USING btree (settled_at) WHERE (settled_at IS NOT NULL);
CREATE UNIQUE INDEX failed_job_key_uq ON identity.failed_job USING btree (key) WHERE (settled_at IS NULL);
ALTER TABLE identity.failed_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY administered ON identity.failed_job AS PERMISSIVE FOR ALL TO public USING (identity.is_administrator());
GRANT SELECT ON identity.failed_job TO comity_app;
GRANT UPDATE ON identity.failed_job (acts) TO comity_app;
GRANT UPDATE ON identity.failed_job (carried_at) TO comity_app;
GRANT UPDATE ON identity.failed_job (status) TO comity_app;
GRANT UPDATE ON identity.failed_job (version) TO comity_app;

CREATE TABLE identity.front (
  principal_id uuid NOT NULL,
  behind_id uuid NOT NULL,
  CONSTRAINT front_behind_fk FOREIGN KEY (behind_id) REFERENCES identity.principal(id),
  CONSTRAINT front_pk PRIMARY KEY (principal_id),
  CONSTRAINT front_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id)
);
CREATE INDEX front_behind_ix ON identity.front USING btree (behind_id);
ALTER TABLE identity.front ENABLE ROW LEVEL SECURITY;

CREATE TABLE identity.invitation (
  id uuid NOT NULL,
  email text NOT NULL,
  principal_id uuid NOT NULL,
  role text NOT NULL,
  until timestamp with time zone,
  language text NOT NULL,
  invited_by uuid NOT NULL,
  invited_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  token_hash text,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT invitation_email_ck CHECK ((email = lower(email))),
  CONSTRAINT invitation_inviter_fk FOREIGN KEY (invited_by) REFERENCES identity.account(id),
  CONSTRAINT invitation_pk PRIMARY KEY (id),
  CONSTRAINT invitation_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT invitation_token_uq UNIQUE (token_hash)
);
CREATE INDEX invitation_inviter_ix ON identity.invitation USING btree (invited_by, invited_at, id);
CREATE INDEX invitation_principal_ix ON identity.invitation USING btree (principal_id, invited_at, id);
ALTER TABLE identity.invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_oneself ON identity.invitation AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((invited_by = identity.viewer()));
CREATE POLICY never_as_a_member ON identity.invitation AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((NOT (EXISTS ( SELECT
   FROM identity.principal p
  WHERE ((p.id = invitation.principal_id) AND (p.kind = 'member'::text))))));
CREATE POLICY never_to_a_front ON identity.invitation AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((NOT (EXISTS ( SELECT
   FROM identity.principal p
  WHERE ((p.id = invitation.principal_id) AND (p.kind = 'communicant'::text))))));
CREATE POLICY sides ON identity.invitation AS PERMISSIVE FOR ALL TO public USING (((principal_id = ANY (identity.principals())) OR ((invited_by = identity.viewer()) AND (identity.is_secretariat() OR identity.is_administrator()))));
CREATE TRIGGER ended BEFORE UPDATE ON identity.invitation FOR EACH ROW WHEN (((old.revoked_at IS NOT NULL) OR (old.accepted_at IS NOT NULL))) EXECUTE FUNCTION identity.stay_ended();
GRANT INSERT ON identity.invitation TO comity_app;
GRANT SELECT ON identity.invitation (accepted_at) TO comity_app;
GRANT SELECT ON identity.invitation (email) TO comity_app;
GRANT SELECT ON identity.invitation (id) TO comity_app;
GRANT SELECT ON identity.invitation (invited_at) TO comity_app;
GRANT SELECT ON identity.invitation (invited_by) TO comity_app;
GRANT SELECT ON identity.invitation (language) TO comity_app;
GRANT SELECT ON identity.invitation (principal_id) TO comity_app;
GRANT SELECT ON identity.invitation (role) TO comity_app;
GRANT SELECT ON identity.invitation (until) TO comity_app;
GRANT SELECT, UPDATE ON identity.invitation (expires_at) TO comity_app;
GRANT SELECT, UPDATE ON identity.invitation (revoked_at) TO comity_app;

CREATE TABLE identity.mail (
  id uuid NOT NULL,
  kind text NOT NULL,
  address text NOT NULL,
  language text NOT NULL,
  invitation_id uuid,
  membership_id uuid,
  status text NOT NULL,
  attempts integer NOT NULL,
  queued_at timestamp with time zone NOT NULL,
  due_at timestamp with time zone NOT NULL,
  settled_at timestamp with time zone,
  answer text,
  api_key_id uuid,
  recovery_id uuid,
  signature_id uuid,
  webhook_id uuid,
  CONSTRAINT mail_api_key_fk FOREIGN KEY (api_key_id) REFERENCES identity.api_key(id),
  CONSTRAINT mail_invitation_fk FOREIGN KEY (invitation_id) REFERENCES identity.invitation(id),
  CONSTRAINT mail_kind_ck CHECK ((kind = ANY (ARRAY['invitation'::text, 'password-reset'::text, 'password-changed'::text, 'membership-granted'::text, 'key-created'::text, 'recovery-asked'::text, 'recovery-half'::text, 'recovery-to-decide'::text, 'recovery-approved'::text, 'signature-delegated'::text, 'webhook-off'::text]))),
  CONSTRAINT mail_membership_fk FOREIGN KEY (membership_id) REFERENCES identity.membership(id),
  CONSTRAINT mail_pk PRIMARY KEY (id),
  CONSTRAINT mail_recovery_fk FOREIGN KEY (recovery_id) REFERENCES identity.recovery(id),
  CONSTRAINT mail_signature_fk FOREIGN KEY (signature_id) REFERENCES identity.signature(id),
  CONSTRAINT mail_status_ck CHECK ((status = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'dropped'::text]))),
  CONSTRAINT mail_webhook_fk FOREIGN KEY (webhook_id) REFERENCES identity.webhook(id) ON DELETE CASCADE
);
CREATE INDEX mail_due_ix ON identity.mail USING btree (due_at) WHERE (status = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX mail_invitation_ix ON identity.mail USING btree (invitation_id, queued_at);
CREATE INDEX mail_reset_ix ON identity.mail USING btree (address, queued_at) WHERE (kind = 'password-reset'::text);
CREATE INDEX mail_settled_ix ON identity.mail USING btree (settled_at);
CREATE INDEX mail_webhook_ix ON identity.mail USING btree (webhook_id) WHERE (webhook_id IS NOT NULL);
ALTER TABLE identity.mail ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_invitations ON identity.mail AS PERMISSIVE FOR SELECT TO public USING ((invitation_id IN ( SELECT i.id
   FROM identity.invitation i)));
GRANT SELECT ON identity.mail TO comity_app;

CREATE TABLE identity.manner (
  account_id uuid NOT NULL,
  mail text NOT NULL,
  zone text NOT NULL,
  quiet_from text,
  quiet_to text,
  quiet_days smallint[],
  digest text NOT NULL,
  digest_at text NOT NULL,
  digest_on smallint NOT NULL,
  muted text[] NOT NULL,
  version integer NOT NULL,
  CONSTRAINT manner_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT manner_digest_ck CHECK ((digest = ANY (ARRAY['at-once'::text, 'hourly'::text, 'daily'::text, 'weekly'::text]))),
  CONSTRAINT manner_digest_on_ck CHECK (((digest_on >= 1) AND (digest_on <= 7))),
  CONSTRAINT manner_mail_ck CHECK ((mail = ANY (ARRAY['all'::text, 'urgent'::text]))),
  CONSTRAINT manner_pk PRIMARY KEY (account_id),
  CONSTRAINT manner_quiet_ck CHECK (((quiet_from IS NULL) = (quiet_to IS NULL)))
);
ALTER TABLE identity.manner ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.manner AS PERMISSIVE FOR ALL TO public USING ((account_id = identity.viewer()));
GRANT INSERT, SELECT ON identity.manner TO comity_app;
GRANT UPDATE ON identity.manner (digest) TO comity_app;
GRANT UPDATE ON identity.manner (digest_at) TO comity_app;
GRANT UPDATE ON identity.manner (digest_on) TO comity_app;
GRANT UPDATE ON identity.manner (mail) TO comity_app;
GRANT UPDATE ON identity.manner (muted) TO comity_app;
GRANT UPDATE ON identity.manner (quiet_days) TO comity_app;
GRANT UPDATE ON identity.manner (quiet_from) TO comity_app;
GRANT UPDATE ON identity.manner (quiet_to) TO comity_app;
GRANT UPDATE ON identity.manner (version) TO comity_app;
GRANT UPDATE ON identity.manner (zone) TO comity_app;

CREATE TABLE identity.membership (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  principal_id uuid NOT NULL,
  role text NOT NULL,
  permissions text[] NOT NULL,
  until timestamp with time zone,
  granted_by uuid NOT NULL,
  granted_at timestamp with time zone NOT NULL,
  revoked_by uuid,
  revoked_at timestamp with time zone,
  CONSTRAINT membership_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT membership_granter_fk FOREIGN KEY (granted_by) REFERENCES identity.account(id),
  CONSTRAINT membership_pk PRIMARY KEY (id),
  CONSTRAINT membership_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT membership_revoker_fk FOREIGN KEY (revoked_by) REFERENCES identity.account(id)
);
CREATE INDEX membership_account_ix ON identity.membership USING btree (account_id);
CREATE INDEX membership_principal_ix ON identity.membership USING btree (principal_id, granted_at, id);
CREATE UNIQUE INDEX membership_live_uq ON identity.membership USING btree (account_id, principal_id) WHERE (revoked_at IS NULL);
ALTER TABLE identity.membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted_to_another ON identity.membership AS RESTRICTIVE FOR INSERT TO public WITH CHECK (((account_id <> identity.viewer()) AND (granted_by = identity.viewer())));
CREATE POLICY never_as_a_member ON identity.membership AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((NOT (EXISTS ( SELECT
   FROM identity.principal p
  WHERE ((p.id = membership.principal_id) AND (p.kind = 'member'::text))))));
CREATE POLICY never_on_a_front ON identity.membership AS RESTRICTIVE FOR INSERT TO public WITH CHECK ((NOT (EXISTS ( SELECT
   FROM identity.principal p
  WHERE ((p.id = membership.principal_id) AND (p.kind = 'communicant'::text))))));
CREATE POLICY sides ON identity.membership AS PERMISSIVE FOR ALL TO public USING (((account_id = identity.viewer()) OR (principal_id = ANY (identity.principals())) OR ((granted_by = identity.viewer()) AND (identity.is_secretariat() OR identity.is_administrator()))));
CREATE TRIGGER ended BEFORE UPDATE ON identity.membership FOR EACH ROW WHEN ((old.revoked_at IS NOT NULL)) EXECUTE FUNCTION identity.stay_ended();
GRANT INSERT, SELECT ON identity.membership TO comity_app;
GRANT UPDATE ON identity.membership (revoked_at) TO comity_app;
GRANT UPDATE ON identity.membership (revoked_by) TO comity_app;

CREATE TABLE identity.notice (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  urgency text NOT NULL,
  told_at timestamp with time zone NOT NULL,
  read_at timestamp with time zone,
  archived_at timestamp with time zone,
  CONSTRAINT notice_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT notice_entry_fk FOREIGN KEY (entry_id) REFERENCES journal.entry(id),
  CONSTRAINT notice_entry_uq UNIQUE (account_id, entry_id),
  CONSTRAINT notice_pk PRIMARY KEY (id),
  CONSTRAINT notice_urgency_ck CHECK ((urgency = ANY (ARRAY['urgent'::text, 'normal'::text, 'low'::text])))
);
CREATE INDEX notice_entry_ix ON identity.notice USING btree (entry_id);
CREATE INDEX notice_told_ix ON identity.notice USING btree (account_id, told_at, id);
CREATE INDEX notice_unread_ix ON identity.notice USING btree (account_id, told_at) WHERE (read_at IS NULL);
ALTER TABLE identity.notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.notice AS PERMISSIVE FOR ALL TO public USING ((account_id = identity.viewer()));
GRANT SELECT ON identity.notice TO comity_app;
GRANT SELECT ON identity.notice TO comity_worker;
GRANT UPDATE ON identity.notice (archived_at) TO comity_app;
GRANT UPDATE ON identity.notice (read_at) TO comity_app;

CREATE TABLE identity.number_series (
  series text NOT NULL,
  last integer NOT NULL,
  CONSTRAINT number_series_pk PRIMARY KEY (series)
);
ALTER TABLE identity.number_series ENABLE ROW LEVEL SECURITY;

CREATE TABLE identity.organization (
  id uuid NOT NULL,
  principal_id uuid NOT NULL,
  name text NOT NULL,
  acronym text,
  kind text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  CONSTRAINT organization_kind_ck CHECK ((kind = ANY (ARRAY['ngo'::text, 'nhri'::text, 'academic'::text, 'regional-body'::text, 'coalition'::text, 'other'::text]))),
  CONSTRAINT organization_name_uq UNIQUE (name),
  CONSTRAINT organization_pk PRIMARY KEY (id),
  CONSTRAINT organization_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id)
);
CREATE INDEX organization_created_ix ON identity.organization USING btree (created_at, id);
ALTER TABLE identity.organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON identity.organization AS PERMISSIVE FOR ALL TO public USING (((principal_id = ANY (identity.principals())) OR identity.is_secretariat()));
GRANT INSERT, SELECT ON identity.organization TO comity_app;

CREATE TABLE identity.password_reset (
  mail_id uuid NOT NULL,
  account_id uuid NOT NULL,
  token_hash text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT password_reset_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT password_reset_mail_fk FOREIGN KEY (mail_id) REFERENCES identity.mail(id),
  CONSTRAINT password_reset_pk PRIMARY KEY (mail_id),
  CONSTRAINT password_reset_token_uq UNIQUE (token_hash)
);
CREATE INDEX password_reset_account_ix ON identity.password_reset USING btree (account_id);
ALTER TABLE identity.password_reset ENABLE ROW LEVEL SECURITY;

CREATE TABLE identity.principal (
  id uuid NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  within uuid,
  CONSTRAINT principal_communicant_ck CHECK ((((kind = 'communicant'::text) = (key ~~ 'communicant:%'::text)) AND ((kind <> 'communicant'::text) OR (key ~ '^communicant:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'::text)))),
  CONSTRAINT principal_key_uq UNIQUE (key),
  CONSTRAINT principal_kind_ck CHECK ((kind = ANY (ARRAY['state'::text, 'group'::text, 'organization'::text, 'secretariat'::text, 'body'::text, 'clock'::text, 'communicant'::text, 'member'::text]))),
  CONSTRAINT principal_member_ck CHECK (((kind = 'member'::text) = (key ~~ 'member:%'::text))),
  CONSTRAINT principal_pk PRIMARY KEY (id),
  CONSTRAINT principal_within_fk FOREIGN KEY (within) REFERENCES identity.principal(id)
);
GRANT INSERT, SELECT ON identity.principal TO comity_app;
GRANT SELECT ON identity.principal TO comity_worker;

CREATE TABLE identity.recovery (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  network text NOT NULL,
  mark text NOT NULL,
  by_mail boolean NOT NULL,
  half_hash text,
  status text NOT NULL,
  first_by uuid,
  decided_by uuid,
  decided_at timestamp with time zone,
  code_hash text,
  good_from timestamp with time zone,
  attempts integer NOT NULL,
  CONSTRAINT recovery_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT recovery_decider_fk FOREIGN KEY (decided_by) REFERENCES identity.account(id),
  CONSTRAINT recovery_first_fk FOREIGN KEY (first_by) REFERENCES identity.account(id),
  CONSTRAINT recovery_half_uq UNIQUE (half_hash),
  CONSTRAINT recovery_pk PRIMARY KEY (id),
  CONSTRAINT recovery_status_ck CHECK ((status = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'used'::text, 'void'::text])))
);
CREATE INDEX recovery_asked_ix ON identity.recovery USING btree (asked_at, id);
CREATE UNIQUE INDEX recovery_open_uq ON identity.recovery USING btree (account_id) WHERE (status = ANY (ARRAY['waiting'::text, 'approved'::text]));
ALTER TABLE identity.recovery ENABLE ROW LEVEL SECURITY;
CREATE POLICY answered_for ON identity.recovery AS PERMISSIVE FOR SELECT TO public USING (identity.answers_for(account_id, by_mail));
GRANT SELECT ON identity.recovery (account_id) TO comity_app;
GRANT SELECT ON identity.recovery (asked_at) TO comity_app;
GRANT SELECT ON identity.recovery (by_mail) TO comity_app;
GRANT SELECT ON identity.recovery (decided_at) TO comity_app;
GRANT SELECT ON identity.recovery (decided_by) TO comity_app;
GRANT SELECT ON identity.recovery (expires_at) TO comity_app;
GRANT SELECT ON identity.recovery (first_by) TO comity_app;
GRANT SELECT ON identity.recovery (good_from) TO comity_app;
GRANT SELECT ON identity.recovery (id) TO comity_app;
GRANT SELECT ON identity.recovery (mark) TO comity_app;
GRANT SELECT ON identity.recovery (network) TO comity_app;
GRANT SELECT ON identity.recovery (status) TO comity_app;

CREATE TABLE identity.recusal (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  mechanism text NOT NULL,
  number text,
  ground text NOT NULL,
  text text,
  declared_at timestamp with time zone NOT NULL,
  decided_at timestamp with time zone,
  recused boolean NOT NULL,
  reason text,
  readings jsonb NOT NULL,
  destroyed_at timestamp with time zone,
  CONSTRAINT recusal_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT recusal_pk PRIMARY KEY (id)
);
CREATE INDEX recusal_page_ix ON identity.recusal USING btree (account_id, declared_at, id);
ALTER TABLE identity.recusal ENABLE ROW LEVEL SECURITY;
CREATE POLICY conducted ON identity.recusal AS PERMISSIVE FOR SELECT TO public USING (( SELECT true
   FROM casework.conflict c
  WHERE (c.id = recusal.id)
 LIMIT 1));
CREATE POLICY destroyed ON identity.recusal AS PERMISSIVE FOR UPDATE TO public USING (((account_id = identity.viewer()) AND recused AND (destroyed_at IS NULL))) WITH CHECK ((account_id = identity.viewer()));
CREATE POLICY own ON identity.recusal AS PERMISSIVE FOR SELECT TO public USING ((account_id = identity.viewer()));
GRANT SELECT ON identity.recusal TO comity_app;
GRANT UPDATE ON identity.recusal (destroyed_at) TO comity_app;

CREATE TABLE identity.session (
  token_hash text NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT session_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT session_pk PRIMARY KEY (token_hash)
);
CREATE INDEX session_account_ix ON identity.session USING btree (account_id);
CREATE INDEX session_expires_ix ON identity.session USING btree (expires_at);
ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.session AS PERMISSIVE FOR SELECT TO public USING ((account_id = identity.viewer()));
GRANT SELECT ON identity.session TO comity_app;

CREATE TABLE identity.signature (
  id uuid NOT NULL,
  principal_id uuid NOT NULL,
  membership_id uuid NOT NULL,
  delegate_id uuid NOT NULL,
  granted_at timestamp with time zone NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  revoked_by uuid,
  revoked_at timestamp with time zone,
  CONSTRAINT signature_another_ck CHECK ((membership_id <> delegate_id)),
  CONSTRAINT signature_delegate_fk FOREIGN KEY (delegate_id) REFERENCES identity.membership(id),
  CONSTRAINT signature_membership_fk FOREIGN KEY (membership_id) REFERENCES identity.membership(id),
  CONSTRAINT signature_order_ck CHECK ((starts_at < ends_at)),
  CONSTRAINT signature_pk PRIMARY KEY (id),
  CONSTRAINT signature_principal_fk FOREIGN KEY (principal_id) REFERENCES identity.principal(id),
  CONSTRAINT signature_revoker_fk FOREIGN KEY (revoked_by) REFERENCES identity.account(id)
);
CREATE INDEX signature_delegate_ix ON identity.signature USING btree (delegate_id) WHERE (revoked_at IS NULL);
CREATE INDEX signature_principal_ix ON identity.signature USING btree (principal_id, granted_at, id);
ALTER TABLE identity.signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.signature AS RESTRICTIVE FOR INSERT TO public WITH CHECK (((EXISTS ( SELECT
   FROM identity.membership m
  WHERE ((m.id = signature.membership_id) AND (m.principal_id = signature.principal_id) AND (m.account_id = identity.viewer()) AND ('submit'::text = ANY (m.permissions)) AND (m.revoked_at IS NULL) AND ((m.until IS NULL) OR (m.until > now()))))) AND (EXISTS ( SELECT
   FROM identity.membership d
  WHERE ((d.id = signature.delegate_id) AND (d.principal_id = signature.principal_id) AND (d.account_id <> identity.viewer()))))));
CREATE POLICY sides ON identity.signature AS PERMISSIVE FOR ALL TO public USING ((principal_id = ANY (identity.principals())));
CREATE TRIGGER ended BEFORE UPDATE ON identity.signature FOR EACH ROW WHEN ((old.revoked_at IS NOT NULL)) EXECUTE FUNCTION identity.stay_ended();
GRANT INSERT, SELECT ON identity.signature TO comity_app;
GRANT UPDATE ON identity.signature (revoked_at) TO comity_app;
GRANT UPDATE ON identity.signature (revoked_by) TO comity_app;

CREATE TABLE identity.unsubscription (
  token_hash text NOT NULL,
  account_id uuid NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT unsubscription_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT unsubscription_pk PRIMARY KEY (token_hash)
);
CREATE INDEX unsubscription_account_ix ON identity.unsubscription USING btree (account_id, made_at);
ALTER TABLE identity.unsubscription ENABLE ROW LEVEL SECURITY;

CREATE TABLE identity.webhook (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  url text NOT NULL,
  description text NOT NULL,
  events text[],
  status text NOT NULL,
  off_why text,
  off_since timestamp with time zone,
  failing_since timestamp with time zone,
  failures integer NOT NULL,
  retry_at timestamp with time zone,
  previous_until timestamp with time zone,
  created_at timestamp with time zone NOT NULL,
  version integer NOT NULL,
  CONSTRAINT webhook_account_fk FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CONSTRAINT webhook_failing_ck CHECK (((failing_since IS NOT NULL) = (failures > 0))),
  CONSTRAINT webhook_off_ck CHECK ((((status = 'off'::text) = (off_why IS NOT NULL)) AND ((status = 'off'::text) = (off_since IS NOT NULL)))),
  CONSTRAINT webhook_pk PRIMARY KEY (id),
  CONSTRAINT webhook_status_ck CHECK ((status = ANY (ARRAY['active'::text, 'off'::text]))),
  CONSTRAINT webhook_why_ck CHECK ((off_why = ANY (ARRAY['by-owner'::text, 'failing'::text, 'gone'::text, 'access-ended'::text])))
);
CREATE INDEX webhook_account_ix ON identity.webhook USING btree (account_id, created_at, id);
ALTER TABLE identity.webhook ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.webhook AS PERMISSIVE FOR ALL TO public USING ((account_id = identity.viewer()));
GRANT INSERT, SELECT ON identity.webhook TO comity_app;
GRANT UPDATE ON identity.webhook (description) TO comity_app;
GRANT UPDATE ON identity.webhook (events) TO comity_app;
GRANT UPDATE ON identity.webhook (failing_since) TO comity_app;
GRANT UPDATE ON identity.webhook (failures) TO comity_app;
GRANT UPDATE ON identity.webhook (off_since) TO comity_app;
GRANT UPDATE ON identity.webhook (off_why) TO comity_app;
GRANT UPDATE ON identity.webhook (retry_at) TO comity_app;
GRANT UPDATE ON identity.webhook (status) TO comity_app;
GRANT UPDATE ON identity.webhook (url) TO comity_app;
GRANT UPDATE ON identity.webhook (version) TO comity_app;

CREATE TABLE identity.webhook_secret (
  id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  key_id text NOT NULL,
  seal jsonb NOT NULL,
  content bytea NOT NULL,
  ends_at timestamp with time zone,
  CONSTRAINT webhook_secret_pk PRIMARY KEY (id),
  CONSTRAINT webhook_secret_webhook_fk FOREIGN KEY (webhook_id) REFERENCES identity.webhook(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX webhook_secret_before_uq ON identity.webhook_secret USING btree (webhook_id) WHERE (ends_at IS NOT NULL);
CREATE UNIQUE INDEX webhook_secret_current_uq ON identity.webhook_secret USING btree (webhook_id) WHERE (ends_at IS NULL);
ALTER TABLE identity.webhook_secret ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION identity.accept_invitation(token text, who uuid, called text, password text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE used identity.invitation;
BEGIN
  UPDATE identity.invitation i SET accepted_at = date_trunc('milliseconds', now()),
    token_hash = NULL
  WHERE i.token_hash = token AND i.accepted_at IS NULL AND i.revoked_at IS NULL
    AND i.expires_at > now() RETURNING i.* INTO used;
  IF used.id IS NULL THEN RETURN false; END IF;
  IF password IS NOT NULL THEN
    INSERT INTO identity.account VALUES (who, used.email, called, password, false,
      date_trunc('milliseconds', now()), NULL, used.language);
    RETURN true;
  END IF;
  RETURN EXISTS (SELECT FROM identity.account a
    WHERE a.id = who AND a.email = used.email AND a.disabled_at IS NULL);
END $function$;
GRANT EXECUTE ON FUNCTION identity.accept_invitation(text,uuid,text,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.accept_letters(sent uuid[], tries integer[], answers text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[];
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id
    FROM unnest(sent, tries) s(letter, n) JOIN identity.delivery d ON d.letter = s.letter
    WHERE d.status = 'attempted' AND d.attempts = s.n ORDER BY d.letter, d.id FOR UPDATE OF d) f;
  UPDATE identity.delivery_attempt t SET outcome = 'accepted', answer = s.said, ended_at = moment
    FROM identity.delivery d JOIN unnest(sent, tries, answers) s(letter, n, said)
      ON s.letter = d.letter
    WHERE d.id = ANY (mine) AND t.delivery_id = d.id AND t.n = d.attempts;
  UPDATE identity.delivery d SET status = 'accepted', claimed_until = NULL, look_at = NULL,
    settled_at = moment WHERE d.id = ANY (mine);
END $function$;
GRANT EXECUTE ON FUNCTION identity.accept_letters(uuid[],integer[],text[]) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.account_by_email(address text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT a.id FROM identity.account a WHERE a.email = lower(address) AND a.disabled_at IS NULL $function$;
GRANT EXECUTE ON FUNCTION identity.account_by_email(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.address_letter(who uuid, token text)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE address text;
BEGIN
  SELECT a.email INTO address FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL;
  IF address IS NOT NULL AND token IS NOT NULL THEN
    DELETE FROM identity.unsubscription u
      WHERE u.account_id = who AND u.made_at < now() - interval '1 year';
    INSERT INTO identity.unsubscription VALUES (token, who, now());
  END IF;
  RETURN address;
END $function$;
GRANT EXECUTE ON FUNCTION identity.address_letter(uuid,text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.alarming(undelivered uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('proceedingId', e.proceeding_id,
    'mechanism', p.mechanism, 'event', b.body ->> 'what', 'deadline', b.body -> 'facts' ->> 'deadline',
    'side', k.side, 'channel', d.channel)), '[]')
  FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
  JOIN journal.entry e ON e.id = n.entry_id JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  CROSS JOIN LATERAL (SELECT identity.side_told(n.account_id, e.proceeding_id, e.compartment) AS side) k
  WHERE d.letter = undelivered AND d.status = 'failed' AND NOT p.test
    AND b.body ->> 'what' <> 'notice-failed'
    AND (n.urgency = 'urgent' OR b.body -> 'facts' ->> 'deadline' IS NOT NULL)
    AND k.side IS NOT NULL
    AND (EXISTS (SELECT FROM casework.participant t JOIN identity.principal s ON s.id = t.principal_id
        WHERE t.proceeding_id = e.proceeding_id AND s.key = k.side)
      OR EXISTS (SELECT FROM casework.access a JOIN identity.principal s ON s.id = a.principal_id
        WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
          AND s.key = 'secretariat:' || p.mechanism))
    AND NOT EXISTS (SELECT FROM identity.delivery o WHERE o.notice_id = n.id AND o.id <> d.id
      AND o.status IN ('accepted', 'queued', 'attempted', 'deferred'))
    AND NOT EXISTS (SELECT FROM identity.delivery o JOIN identity.notice m ON m.id = o.notice_id
      WHERE m.entry_id = n.entry_id AND o.letter <> d.letter AND o.status = 'failed'
        AND identity.side_told(m.account_id, e.proceeding_id, e.compartment) = k.side) $function$;

CREATE OR REPLACE FUNCTION identity.answers_for(who uuid, mailed boolean)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT identity.viewer() IN (SELECT identity.deciders(who, mailed)) $function$;
GRANT EXECUTE ON FUNCTION identity.answers_for(uuid,boolean) TO comity_app;

CREATE OR REPLACE FUNCTION identity.ask_recovery(recovery uuid, address text, tongue text, network text, mark text, half text, good interval)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE who identity.account;
BEGIN
  SELECT a.* INTO who FROM identity.account a
    WHERE a.email = lower(address) AND a.disabled_at IS NULL FOR NO KEY UPDATE;
  UPDATE identity.recovery r SET status = 'void' WHERE r.account_id = who.id
    AND r.status IN ('waiting', 'approved') AND r.expires_at <= now();
  IF who.id IS NULL OR EXISTS (SELECT FROM identity.recovery r
      WHERE r.account_id = who.id AND r.status IN ('waiting', 'approved')) THEN
    RETURN;
  END IF;
  INSERT INTO identity.recovery VALUES (recovery, who.id, date_trunc('milliseconds', now()),
    date_trunc('milliseconds', now()) + good, network, mark, half IS NULL, half, 'waiting', NULL,
    NULL, NULL, NULL, NULL, 0);
  INSERT INTO identity.mail SELECT gen_random_uuid(), t.kind, t.email, t.language, NULL, NULL,
    'queued', 0, now(), now(), NULL, NULL, NULL, recovery
  FROM (SELECT CASE WHEN half IS NULL THEN 'recovery-half' ELSE 'recovery-asked' END AS kind,
      who.email, coalesce(who.language, tongue) AS language
    UNION ALL SELECT 'recovery-to-decide', a.email, coalesce(a.language, 'en')
    FROM identity.account a WHERE a.id IN (SELECT identity.deciders(who.id, half IS NULL))) t;
END $function$;
GRANT EXECUTE ON FUNCTION identity.ask_recovery(uuid,text,text,text,text,text,interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.ask_reset(mail uuid, address text, tongue text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(4016, hashtext(lower(ask_reset.address)));
  UPDATE identity.mail w SET due_at = least(w.due_at, now() + interval '5 minutes')
    WHERE w.kind = 'password-reset' AND w.address = lower(ask_reset.address)
      AND w.status = 'queued' AND w.attempts > 0;
  INSERT INTO identity.mail
  SELECT ask_reset.mail, 'password-reset', lower(ask_reset.address), tongue, NULL, NULL, 'queued',
    0, now(), greatest(now(), max(l.at) + interval '5 minutes',
      CASE WHEN count(*) = 3 THEN min(l.at) + interval '1 hour' END), NULL, NULL
  FROM (SELECT coalesce(m.settled_at, m.due_at) AS at FROM identity.mail m
    WHERE m.kind = 'password-reset' AND m.address = lower(ask_reset.address)
    ORDER BY m.queued_at DESC LIMIT 3) l
  HAVING NOT EXISTS (SELECT FROM identity.mail w WHERE w.kind = 'password-reset'
    AND w.address = lower(ask_reset.address) AND w.status IN ('queued', 'sending'));
END $function$;
GRANT EXECUTE ON FUNCTION identity.ask_reset(uuid,text,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.attempt(what text, most integer, span interval)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE tried identity.attempt;
BEGIN
  INSERT INTO identity.attempt AS a VALUES (what, 1, now())
  ON CONFLICT (bucket) DO UPDATE SET
    count = CASE WHEN a.since + span <= now() THEN 1 ELSE a.count + 1 END,
    since = CASE WHEN a.since + span <= now() THEN now() ELSE a.since END
  RETURNING * INTO tried;
  IF tried.count <= most THEN RETURN 0; END IF;
  RETURN greatest(1, ceil(extract(epoch FROM tried.since + span - now())))::int;
END $function$;
GRANT EXECUTE ON FUNCTION identity.attempt(text,integer,interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.authenticate(address text)
 RETURNS TABLE(id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT a.id, a.password_hash FROM identity.account a
  WHERE a.email = lower(address) AND a.disabled_at IS NULL $function$;
GRANT EXECUTE ON FUNCTION identity.authenticate(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.bounce_letter(sent uuid, said text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE back uuid[]; moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  SELECT array_agg(d.id) INTO back FROM identity.delivery d
    JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.letter = sent AND d.channel = 'mail' AND d.status = 'accepted'
      AND d.settled_at > now() - interval '5 days' AND n.read_at IS NULL;
  IF back IS NULL THEN RETURN NULL; END IF;
  INSERT INTO identity.delivery_attempt
    SELECT d.id, d.attempts + 1, moment, moment, 'bounced', said
    FROM identity.delivery d WHERE d.id = ANY (back);
  UPDATE identity.delivery d SET status = 'failed', attempts = d.attempts + 1, settled_at = moment
    WHERE d.id = ANY (back);
  RETURN identity.alarming(sent);
END $function$;
GRANT EXECUTE ON FUNCTION identity.bounce_letter(uuid,text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.claim_failed_jobs(known text[], most integer, lease interval)
 RETURNS TABLE(id uuid, name text, data jsonb, status text, reason text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH due AS MATERIALIZED (SELECT f.id FROM identity.failed_job f
    WHERE f.status IN ('retrying', 'discarding') AND f.name = ANY (known)
      AND (f.carried_at IS NULL OR f.carried_at < now() - lease)
    LIMIT most FOR UPDATE SKIP LOCKED)
  UPDATE identity.failed_job f SET carried_at = now() FROM due WHERE f.id = due.id
  RETURNING f.id, f.name, f.data, f.status, f.acts -> -1 ->> 'reason' $function$;
GRANT EXECUTE ON FUNCTION identity.claim_failed_jobs(text[],integer,interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.claim_letters(wanted uuid[], lease interval)
 RETURNS TABLE(letter uuid, account_id uuid, channel text, target uuid, attempt integer, again boolean, deliveries jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE mine uuid[];
BEGIN
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d
    WHERE d.letter = ANY (wanted) AND d.status IN ('queued', 'attempted', 'deferred')
      AND d.due_at <= now() AND (d.claimed_until IS NULL OR d.claimed_until < now())
      AND (d.not_before IS NULL OR d.not_before <= now())
    ORDER BY d.letter, d.id FOR UPDATE) f;
  UPDATE identity.delivery_attempt t SET outcome = 'cut', ended_at = now()
    WHERE t.delivery_id = ANY (mine) AND t.outcome = 'attempted';
  UPDATE identity.delivery d SET status = 'attempted', attempts = d.attempts + 1,
      again = d.again OR d.status = 'attempted', claimed_until = now() + lease,
      look_at = now() + lease, not_before = NULL
    WHERE d.id = ANY (mine);
  INSERT INTO identity.delivery_attempt
    SELECT d.id, d.attempts, date_trunc('milliseconds', now()), NULL, 'attempted', NULL
    FROM identity.delivery d WHERE d.id = ANY (mine);
  RETURN QUERY SELECT d.letter, n.account_id, d.channel, d.target, max(d.attempts), bool_or(d.again),
      jsonb_agg(jsonb_build_object('id', d.id, 'noticeId', n.id, 'nth', d.nth,
        'queuedAt', d.queued_at) ORDER BY n.told_at, n.id)
    FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.id = ANY (mine) GROUP BY d.letter, n.account_id, d.channel, d.target;
END $function$;
GRANT EXECUTE ON FUNCTION identity.claim_letters(uuid[],interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.claim_mail(token text, lease interval)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE m identity.mail; told jsonb;
BEGIN
  LOOP
    SELECT q.* INTO m FROM identity.mail q
      WHERE q.status IN ('queued', 'sending') AND q.due_at <= now()
      ORDER BY q.due_at LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF m.id IS NULL THEN RETURN NULL; END IF;
    IF m.attempts >= 12 THEN
      UPDATE identity.mail q SET status = 'failed', settled_at = now() WHERE q.id = m.id;
      CONTINUE;
    END IF;
    told := identity.tell_mail(m, token);
    IF told IS NULL THEN
      UPDATE identity.mail q SET status = 'dropped', settled_at = now() WHERE q.id = m.id;
      CONTINUE;
    END IF;
    UPDATE identity.mail q SET status = 'sending', attempts = m.attempts + 1,
      due_at = now() + lease WHERE q.id = m.id;
    RETURN jsonb_build_object('id', m.id, 'kind', m.kind, 'address', m.address,
      'language', m.language, 'attempt', m.attempts + 1, 'told', told);
  END LOOP;
END $function$;
GRANT EXECUTE ON FUNCTION identity.claim_mail(text,interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.close_session(token text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  DELETE FROM identity.session s WHERE s.token_hash = token $function$;
GRANT EXECUTE ON FUNCTION identity.close_session(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.count_deliveries()
 RETURNS TABLE(channel text, status text, many integer, overdue double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT d.channel, d.status, count(*)::int,
    greatest(0, extract(epoch FROM now() - min(d.due_at)))::float8
  FROM identity.delivery d WHERE d.look_at IS NOT NULL GROUP BY d.channel, d.status $function$;
GRANT EXECUTE ON FUNCTION identity.count_deliveries() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.count_failed_jobs()
 RETURNS TABLE(name text, status text, many integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT f.name, f.status, count(*)::int FROM identity.failed_job f
  WHERE f.settled_at IS NULL GROUP BY f.name, f.status $function$;
GRANT EXECUTE ON FUNCTION identity.count_failed_jobs() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.decide_recovery(recovery uuid, code text, wait interval, good interval)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE r identity.recovery; moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  SELECT x.* INTO r FROM identity.recovery x WHERE x.id = recovery FOR UPDATE;
  IF r.id IS NULL OR NOT identity.answers_for(r.account_id, r.by_mail) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF r.expires_at <= now() OR NOT (r.status = 'waiting' OR (code IS NULL AND r.status = 'approved'))
  THEN
    RETURN NULL;
  END IF;
  IF code IS NULL THEN
    UPDATE identity.recovery x SET status = 'refused', decided_by = identity.viewer(),
      decided_at = moment, code_hash = NULL, good_from = NULL WHERE x.id = recovery;
    RETURN 'refused';
  END IF;
  IF NOT r.by_mail THEN
    IF r.first_by = identity.viewer() THEN RETURN 'again'; END IF;
    IF r.first_by IS NULL OR r.first_by NOT IN (SELECT identity.deciders(r.account_id, false))
      OR NOT EXISTS (SELECT FROM identity.recoverers(r.account_id) o(id)
        WHERE o.id IN (r.first_by, identity.viewer())) THEN
      UPDATE identity.recovery x SET first_by = identity.viewer() WHERE x.id = recovery;
      RETURN 'first';
    END IF;
    moment := moment + wait;
  END IF;
  UPDATE identity.recovery x SET status = 'approved', decided_by = identity.viewer(),
    decided_at = date_trunc('milliseconds', now()), code_hash = code, good_from = moment,
    expires_at = moment + good WHERE x.id = recovery;
  INSERT INTO identity.mail SELECT gen_random_uuid(), 'recovery-approved', a.email,
    coalesce(a.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL, NULL, recovery
  FROM identity.account a WHERE a.id = r.account_id
    OR (a.id IN (SELECT identity.deciders(r.account_id, r.by_mail)) AND a.id <> identity.viewer());
  RETURN 'approved';
END $function$;
GRANT EXECUTE ON FUNCTION identity.decide_recovery(uuid,text,interval,interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.deciders(who uuid, mailed boolean)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT identity.recoverers(who)
  UNION SELECT a.id FROM identity.account a
    WHERE NOT mailed AND a.administrator AND a.disabled_at IS NULL AND a.id <> who $function$;

CREATE OR REPLACE FUNCTION identity.drop_webhook(webhook uuid, expected integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  DELETE FROM identity.webhook w
    WHERE w.id = webhook AND w.version = expected AND w.account_id = identity.viewer();
  RETURN FOUND;
END $function$;
GRANT EXECUTE ON FUNCTION identity.drop_webhook(uuid,integer) TO comity_app;

CREATE OR REPLACE FUNCTION identity.due_letters(most integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH due AS MATERIALIZED (SELECT d.letter, d.look_at FROM identity.delivery d
    WHERE d.look_at <= now() ORDER BY d.look_at LIMIT most FOR UPDATE SKIP LOCKED)
  SELECT due.letter FROM due GROUP BY due.letter ORDER BY min(due.look_at) $function$;
GRANT EXECUTE ON FUNCTION identity.due_letters(integer) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.end_access(who uuid, kept text, keys_too boolean)
 RETURNS TABLE(sessions integer, keys integer)
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  WITH s AS (DELETE FROM identity.session s
      WHERE s.account_id = who AND s.token_hash IS DISTINCT FROM kept RETURNING 1),
    f AS (UPDATE identity.calendar_feed f SET revoked_at = date_trunc('milliseconds', now())
      WHERE keys_too AND f.account_id = who AND f.revoked_at IS NULL),
    w AS (UPDATE identity.webhook w SET status = 'off', off_why = 'access-ended',
      off_since = date_trunc('milliseconds', now()), retry_at = NULL, version = w.version + 1
      WHERE keys_too AND w.account_id = who AND w.status = 'active'),
    k AS (UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
      WHERE keys_too AND k.account_id = who AND k.revoked_at IS NULL
      RETURNING k.expires_at > now() AS live)
  SELECT (SELECT count(*)::int FROM s), (SELECT count(*)::int FROM k WHERE k.live) $function$;

CREATE OR REPLACE FUNCTION identity.end_expired(who uuid, side uuid, ender uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.membership m SET revoked_at = m.until, revoked_by = ender
  WHERE m.account_id = who AND m.principal_id = side AND m.revoked_at IS NULL
    AND m.until <= now() $function$;
GRANT EXECUTE ON FUNCTION identity.end_expired(uuid,uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.end_resets(who identity.account)
 RETURNS void
 LANGUAGE sql
 SET search_path TO ''
AS $function$
  UPDATE identity.mail m SET status = 'dropped', settled_at = now()
    WHERE m.kind = 'password-reset' AND m.address = who.email AND m.status IN ('queued', 'sending');
  DELETE FROM identity.password_reset r WHERE r.account_id = who.id;
  UPDATE identity.recovery v SET status = 'void'
    WHERE v.account_id = who.id AND v.status IN ('waiting', 'approved') $function$;

CREATE OR REPLACE FUNCTION identity.end_term(member uuid, ends timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  IF NOT EXISTS (SELECT FROM reference.body_member b
      WHERE b.id = member AND identity.keeps_body(b.body_key)) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE identity.membership m SET until = least(m.until, ends),
    revoked_at = CASE WHEN ends <= moment THEN moment END,
    revoked_by = CASE WHEN ends <= moment THEN identity.viewer() END
  FROM reference.body_member b
  JOIN identity.principal own ON own.key = 'member:' || b.id
  JOIN identity.membership person ON person.principal_id = own.id
  JOIN identity.principal side ON side.key IN ('body:' || b.body_key, own.key)
  WHERE b.id = member AND m.principal_id = side.id AND m.account_id = person.account_id
    AND m.revoked_at IS NULL;
END $function$;
GRANT EXECUTE ON FUNCTION identity.end_term(uuid,timestamp with time zone) TO comity_app;

CREATE OR REPLACE FUNCTION identity.enter(who uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE held uuid[]; account identity.account;
BEGIN
  SELECT * INTO account FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL;
  IF account.id IS NOT NULL THEN
    SELECT array_agg(DISTINCT k) INTO held FROM identity.membership m
      JOIN identity.principal p ON p.id = m.principal_id
      LEFT JOIN identity.front f ON f.behind_id = p.id
      CROSS JOIN LATERAL unnest(ARRAY[p.id, p.within, f.principal_id]) k
      WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
        AND k IS NOT NULL;
  END IF;
  PERFORM set_config('comity.viewer', coalesce(account.id::text, ''), true);
  PERFORM set_config('comity.administrator',
    CASE WHEN account.administrator THEN 'on' ELSE '' END, true);
  PERFORM set_config('comity.principals', coalesce(held, '{}')::text, true);
  RETURN (SELECT c.shift_ms FROM reference.clock c);
END $function$;
GRANT EXECUTE ON FUNCTION identity.enter(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.enter_recipient(written uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE who uuid;
BEGIN
  SELECT n.account_id INTO who FROM identity.delivery d JOIN identity.notice n ON n.id = d.notice_id
    WHERE d.letter = written AND d.status = 'attempted' AND d.claimed_until > now() LIMIT 1;
  IF who IS NULL THEN
    RAISE EXCEPTION 'nobody writes this letter' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN identity.enter(who);
END $function$;
GRANT EXECUTE ON FUNCTION identity.enter_recipient(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.enter_system(name text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM set_config('comity.viewer', '', true);
  PERFORM set_config('comity.administrator', '', true);
  PERFORM set_config('comity.principals', (SELECT coalesce(array_agg(p.id), '{}')::text
    FROM identity.principal p WHERE p.kind = 'clock' AND p.key = name), true);
  RETURN (SELECT c.shift_ms FROM reference.clock c);
END $function$;
GRANT EXECUTE ON FUNCTION identity.enter_system(text) TO comity_app;
GRANT EXECUTE ON FUNCTION identity.enter_system(text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.failed_job_discarded(gone uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.failed_job f SET status = 'discarded',
    settled_at = date_trunc('milliseconds', now()), version = f.version + 1
  WHERE f.id = gone AND f.status = 'discarding' $function$;
GRANT EXECUTE ON FUNCTION identity.failed_job_discarded(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.failed_job_keys(most integer)
 RETURNS TABLE(key text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT f.key FROM identity.failed_job f WHERE f.settled_at IS NULL LIMIT most $function$;
GRANT EXECUTE ON FUNCTION identity.failed_job_keys(integer) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.forget_allowances()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH gone AS (DELETE FROM identity.allowance
    WHERE expire < extract(epoch FROM now()) * 1000 RETURNING 1)
  SELECT count(*)::int FROM gone $function$;
GRANT EXECUTE ON FUNCTION identity.forget_allowances() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.forget_case_keys()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE unused uuid; gone int := 0;
BEGIN
  FOR unused IN SELECT k.account_id FROM identity.case_key k
      WHERE k.made_at < now() - interval '30 days' AND NOT EXISTS
        (SELECT FROM identity.membership m WHERE m.account_id = k.account_id) LOOP
    BEGIN
      DELETE FROM identity.case_key k WHERE k.account_id = unused;
      DELETE FROM identity.account a WHERE a.id = unused;
      gone := gone + 1;
    EXCEPTION WHEN foreign_key_violation THEN NULL;
    END;
  END LOOP;
  RETURN gone;
END $function$;
GRANT EXECUTE ON FUNCTION identity.forget_case_keys() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.forget_deliveries(most integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH old AS MATERIALIZED (SELECT d.id FROM identity.delivery d WHERE d.settled_at < now() - interval '2 years'
      ORDER BY d.settled_at LIMIT most),
    t AS (DELETE FROM identity.delivery_attempt a USING old WHERE a.delivery_id = old.id),
    d AS (DELETE FROM identity.delivery a USING old WHERE a.id = old.id RETURNING 1)
  SELECT count(*)::int FROM d $function$;
GRANT EXECUTE ON FUNCTION identity.forget_deliveries(integer) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.forget_failed_jobs(kept interval, most integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH old AS MATERIALIZED (SELECT f.id FROM identity.failed_job f
      WHERE f.settled_at < now() - kept ORDER BY f.settled_at LIMIT most),
    gone AS (DELETE FROM identity.failed_job f USING old WHERE f.id = old.id RETURNING 1)
  SELECT count(*)::int FROM gone $function$;
GRANT EXECUTE ON FUNCTION identity.forget_failed_jobs(interval,integer) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.forgive(account text, address text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  DELETE FROM identity.attempt a WHERE a.bucket = account;
  UPDATE identity.attempt a SET count = a.count - 1 WHERE a.bucket = address AND a.count > 0 $function$;
GRANT EXECUTE ON FUNCTION identity.forgive(text,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.found_front(front uuid, behind text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE side uuid := gen_random_uuid(); organization uuid;
BEGIN
  SELECT p.id INTO organization FROM identity.membership m
    JOIN identity.principal p ON p.id = m.principal_id
    WHERE m.account_id = identity.viewer() AND p.key = behind AND p.kind = 'organization'
      AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now());
  IF identity.viewer() IS NULL OR (behind IS NOT NULL AND organization IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO identity.principal VALUES (side, 'communicant:' || front, 'communicant', NULL);
  IF organization IS NULL THEN
    INSERT INTO identity.membership VALUES (gen_random_uuid(), identity.viewer(), side, 'head',
      '{prepare,submit}', NULL, identity.viewer(), date_trunc('milliseconds', now()), NULL, NULL);
  ELSE
    INSERT INTO identity.front VALUES (side, organization);
  END IF;
  PERFORM identity.enter(identity.viewer());
  RETURN side;
END $function$;
GRANT EXECUTE ON FUNCTION identity.found_front(uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.found_member(member uuid, who uuid, ends timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE side uuid := gen_random_uuid();
BEGIN
  IF who = identity.viewer() OR NOT EXISTS (SELECT FROM reference.body_member b
      WHERE b.id = member AND identity.keeps_body(b.body_key)) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO identity.principal VALUES (side, 'member:' || member, 'member', NULL);
  INSERT INTO identity.membership VALUES (gen_random_uuid(), who, side, 'member',
    '{prepare,submit}', ends, identity.viewer(), date_trunc('milliseconds', now()), NULL, NULL);
END $function$;
GRANT EXECUTE ON FUNCTION identity.found_member(uuid,uuid,timestamp with time zone) TO comity_app;

CREATE OR REPLACE FUNCTION identity.front_told(who uuid, proceeding uuid, room text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT min(p.key) FROM casework.access a
  JOIN identity.principal p ON p.id = a.principal_id AND p.kind = 'communicant'
  LEFT JOIN identity.front f ON f.principal_id = p.id
  WHERE a.proceeding_id = proceeding AND a.compartment = room
    AND EXISTS (SELECT FROM identity.membership m
      WHERE m.account_id = who AND m.principal_id IN (p.id, f.behind_id)) $function$;

CREATE OR REPLACE FUNCTION identity.give_up_letters(those uuid[], said text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[]; gone uuid[];
BEGIN
  SELECT array_agg(f.id), array_agg(DISTINCT f.letter) INTO mine, gone FROM (SELECT d.id, d.letter
    FROM identity.delivery d WHERE d.letter = ANY (those)
      AND d.status IN ('queued', 'attempted', 'deferred')
      AND (d.claimed_until IS NULL OR d.claimed_until < now()) ORDER BY d.id FOR UPDATE) f;
  UPDATE identity.delivery_attempt t SET outcome = 'cut', ended_at = moment
    WHERE t.delivery_id = ANY (mine) AND t.outcome = 'attempted';
  UPDATE identity.delivery d SET status = 'failed', attempts = d.attempts + 1, claimed_until = NULL,
    look_at = NULL, settled_at = moment WHERE d.id = ANY (mine);
  INSERT INTO identity.delivery_attempt SELECT d.id, d.attempts, moment, moment, 'failed', said
    FROM identity.delivery d WHERE d.id = ANY (mine);
  RETURN (SELECT coalesce(jsonb_agg(a), '[]') FROM unnest(gone) g,
    jsonb_array_elements(identity.alarming(g)) a);
END $function$;
GRANT EXECUTE ON FUNCTION identity.give_up_letters(uuid[],text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.heal_failed_job(digest text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.failed_job f SET status = 'healed', settled_at = date_trunc('milliseconds', now()),
    version = f.version + 1 WHERE f.key = digest AND f.settled_at IS NULL $function$;
GRANT EXECUTE ON FUNCTION identity.heal_failed_job(text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.held_by(seat identity.membership)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT jsonb_build_object(
    'invitations', (SELECT count(*) FROM identity.invitation i
      WHERE i.invited_by = seat.account_id AND i.principal_id = seat.principal_id
        AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()),
    'signatures', (SELECT count(*) FROM identity.signature s
      WHERE seat.id IN (s.membership_id, s.delegate_id) AND s.revoked_at IS NULL
        AND s.ends_at > now()),
    'recoveries', (SELECT count(*) FROM identity.recovery r
      WHERE r.decided_by = seat.account_id AND r.status = 'approved' AND r.expires_at > now()
        AND EXISTS (SELECT FROM identity.membership o WHERE o.account_id = r.account_id
          AND o.principal_id = seat.principal_id AND o.revoked_at IS NULL)),
    'keys', (SELECT count(*) FROM identity.api_key k
      WHERE k.account_id = seat.account_id AND k.revoked_at IS NULL AND k.expires_at > now()
        AND NOT EXISTS (SELECT FROM identity.membership o WHERE o.account_id = seat.account_id
          AND o.id <> seat.id AND o.revoked_at IS NULL AND (o.until IS NULL OR o.until > now())))) $function$;

CREATE OR REPLACE FUNCTION identity.holdings(membership uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT identity.held_by(m) FROM identity.membership m
  WHERE m.id = membership AND (m.account_id = identity.viewer() OR EXISTS
    (SELECT FROM identity.membership o WHERE o.account_id = identity.viewer()
      AND o.principal_id = m.principal_id AND 'manage' = ANY (o.permissions)
      AND o.revoked_at IS NULL AND (o.until IS NULL OR o.until > now()))) $function$;
GRANT EXECUTE ON FUNCTION identity.holdings(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.invitation_for(token text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT jsonb_build_object('email', i.email, 'side', p.key, 'role', i.role, 'until', i.until,
    'inviter', identity.person(i.invited_by),
    'accountId', (SELECT a.id FROM identity.account a WHERE a.email = i.email))
  FROM identity.invitation i JOIN identity.principal p ON p.id = i.principal_id
  WHERE i.token_hash = token AND i.accepted_at IS NULL AND i.revoked_at IS NULL
    AND i.expires_at > now() $function$;
GRANT EXECUTE ON FUNCTION identity.invitation_for(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.is_administrator()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT coalesce(current_setting('comity.administrator', true), '') = 'on' $function$;
GRANT EXECUTE ON FUNCTION identity.is_administrator() TO comity_app;
GRANT EXECUTE ON FUNCTION identity.is_administrator() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.is_secretariat()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ SELECT EXISTS (SELECT FROM identity.principal p
     WHERE p.kind = 'secretariat' AND p.id = ANY (identity.principals())) $function$;
GRANT EXECUTE ON FUNCTION identity.is_secretariat() TO comity_app;

CREATE OR REPLACE FUNCTION identity.keep_declaration(declared uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO identity.recusal AS r SELECT c.id, w.who, p.mechanism, p.case_number, c.ground,
    CASE WHEN c.raised_side IS NULL THEN c.text END, c.declared_at, c.decided_at,
    c.status = 'recused', c.reason, CASE WHEN c.status = 'recused' THEN (SELECT
      coalesce(jsonb_agg(jsonb_build_object('documentId', d.document_id, 'kind', d.kind,
        'version', d.n, 'language', d.language, 'which', d.which, 'at', d.at)
        ORDER BY d.at, d.id), '[]')
      FROM casework.reading d WHERE d.proceeding_id = c.proceeding_id AND d.account_id = w.who)
    ELSE '[]' END, NULL
  FROM casework.conflict c JOIN casework.proceeding p ON p.id = c.proceeding_id
  CROSS JOIN LATERAL (SELECT casework.person_of(c.proceeding_id, c.member_id) AS who) w
  WHERE c.id = declared AND identity.principals() = ARRAY[c.proceeding_id]
  ON CONFLICT (id) DO UPDATE SET decided_at = excluded.decided_at, recused = excluded.recused,
    reason = excluded.reason, readings = excluded.readings $function$;
GRANT EXECUTE ON FUNCTION identity.keep_declaration(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.keep_failed_job(fresh uuid, way text, called text, given jsonb, digest text, why text, how text, origin text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE moment timestamptz := date_trunc('milliseconds', now()); often int;
BEGIN
  INSERT INTO identity.failed_job AS f VALUES (fresh, way, called, given, digest, why, how, origin, 1,
    moment, moment, 'open', NULL, '[]', NULL, 1)
  ON CONFLICT (key) WHERE settled_at IS NULL DO UPDATE SET times = f.times + 1,
    last_failed_at = moment, error = why, code = how, place = origin,
    status = CASE f.status WHEN 'retrying' THEN 'open' ELSE f.status END,
    version = f.version + CASE f.status WHEN 'retrying' THEN 1 ELSE 0 END
  RETURNING f.times INTO often;
  RETURN often;
END $function$;
GRANT EXECUTE ON FUNCTION identity.keep_failed_job(uuid,text,text,jsonb,text,text,text,text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.keep_webhook_secret(secret uuid, webhook uuid, seal jsonb, content bytea, overlap interval)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE fresh boolean;
BEGIN
  PERFORM FROM identity.webhook w WHERE w.id = webhook AND w.account_id = identity.viewer() FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM identity.webhook_secret s
    WHERE s.webhook_id = webhook AND (overlap IS NULL OR s.ends_at IS NOT NULL);
  UPDATE identity.webhook_secret s SET ends_at = date_trunc('milliseconds', now()) + overlap
    WHERE s.webhook_id = webhook;
  fresh := NOT FOUND;
  INSERT INTO identity.webhook_secret
    VALUES (secret, webhook, seal ->> 'keyId', seal, content, NULL);
  UPDATE identity.webhook w SET previous_until =
    CASE WHEN NOT fresh THEN date_trunc('milliseconds', now()) + overlap END WHERE w.id = webhook;
END $function$;
GRANT EXECUTE ON FUNCTION identity.keep_webhook_secret(uuid,uuid,jsonb,bytea,interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.keeps_body(body text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT EXISTS (SELECT FROM identity.membership m
    JOIN identity.principal p ON p.id = m.principal_id
    JOIN reference.body b ON b.key = body AND p.key = ANY (b.secretariats)
    WHERE m.account_id = identity.viewer() AND 'manage' = ANY (m.permissions)
      AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())) $function$;

CREATE OR REPLACE FUNCTION identity.last_told(accounts uuid[])
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT coalesce(jsonb_object_agg(a.id, n.told_at), '{}') FROM unnest(accounts) a(id)
  CROSS JOIN LATERAL (SELECT max(x.told_at) AS told_at FROM identity.notice x
    WHERE x.account_id = a.id) n
  WHERE n.told_at IS NOT NULL $function$;
GRANT EXECUTE ON FUNCTION identity.last_told(uuid[]) TO comity_app;

CREATE OR REPLACE FUNCTION identity.lent_to(seat uuid)
 RETURNS TABLE(id uuid, by_name text)
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT s.id, a.name FROM identity.signature s
  JOIN identity.membership m ON m.id = s.membership_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
  JOIN identity.account a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE s.delegate_id = seat AND s.revoked_at IS NULL AND s.starts_at <= now()
    AND s.ends_at > now() $function$;

CREATE OR REPLACE FUNCTION identity.letters_carried(carried uuid[], patience interval)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.delivery d SET look_at = now() + patience
  WHERE d.id IN (SELECT x.id FROM identity.delivery x
    WHERE x.letter = ANY (carried) AND x.look_at <= now() FOR UPDATE SKIP LOCKED) $function$;
GRANT EXECUTE ON FUNCTION identity.letters_carried(uuid[],interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.look_again()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.delivery d SET due_at = least(d.due_at, now()), look_at = least(d.look_at, now())
  FROM identity.notice n WHERE n.id = d.notice_id AND n.account_id = identity.viewer()
    AND d.channel = 'mail' AND d.status = 'queued' $function$;
GRANT EXECUTE ON FUNCTION identity.look_again() TO comity_app;

CREATE OR REPLACE FUNCTION identity.make_case_key(who uuid, secret text)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE moment timestamptz := date_trunc('milliseconds', now());
BEGIN
  INSERT INTO identity.account VALUES (who, NULL, NULL, NULL, false, moment, NULL, NULL);
  INSERT INTO identity.case_key VALUES (who, secret, NULL, moment, NULL);
  RETURN moment;
END $function$;
GRANT EXECUTE ON FUNCTION identity.make_case_key(uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.managers(side uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT count(*)::int FROM identity.membership m JOIN identity.account a ON a.id = m.account_id
  WHERE m.principal_id = side AND 'manage' = ANY (m.permissions) AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now()) AND a.disabled_at IS NULL $function$;
GRANT EXECUTE ON FUNCTION identity.managers(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.manners(accounts uuid[])
 RETURNS TABLE(account_id uuid, language text, mail text, zone text, quiet_from text, quiet_to text, quiet_days smallint[], digest text, digest_at text, digest_on smallint, muted text[], version integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT a.id, a.language, m.mail, m.zone, m.quiet_from, m.quiet_to, m.quiet_days, m.digest,
    m.digest_at, m.digest_on, m.muted, m.version
  FROM identity.account a LEFT JOIN identity.manner m ON m.account_id = a.id
  WHERE a.id = ANY (accounts) AND a.email IS NOT NULL $function$;
GRANT EXECUTE ON FUNCTION identity.manners(uuid[]) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.open_session(token text, who uuid, proof text, idle interval, absolute interval)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE ends timestamptz;
BEGIN
  IF NOT identity.still_proven(who, proof) THEN RETURN NULL; END IF;
  INSERT INTO identity.session VALUES (token, who, now(), now(), now() + absolute)
    RETURNING least(expires_at, seen_at + idle) INTO ends;
  RETURN ends;
END $function$;
GRANT EXECUTE ON FUNCTION identity.open_session(text,uuid,text,interval,interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.own_notices()
 RETURNS TABLE(id uuid, urgency text, told_at timestamp with time zone, read_at timestamp with time zone, archived_at timestamp with time zone, body text, n integer, compartment text, proceeding_id uuid, mechanism text, mechanism_version integer, subject text, state_names jsonb, test boolean)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT n.id, n.urgency, n.told_at, n.read_at, n.archived_at, e.body, e.n, e.compartment,
    p.id, p.mechanism, p.mechanism_version, p.subject,
    (SELECT coalesce(jsonb_object_agg(s.language, s.name), '{}') FROM reference.state_name s
      WHERE s.iso3 = p.subject AND s.form = 'short'), p.test
  FROM identity.notice n JOIN journal.entry e ON e.id = n.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  WHERE n.account_id = identity.viewer() $function$;
GRANT EXECUTE ON FUNCTION identity.own_notices() TO comity_app;
GRANT EXECUTE ON FUNCTION identity.own_notices() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.pass_on(ended uuid, successor uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE old identity.membership; new identity.membership; held jsonb; passed int;
BEGIN
  SELECT m.* INTO old FROM identity.membership m WHERE m.id = ended
    AND m.revoked_by = identity.viewer() AND m.xmin = pg_current_xact_id()::xid;
  SELECT m.* INTO new FROM identity.membership m WHERE m.id = successor
    AND m.granted_by = identity.viewer() AND m.principal_id = old.principal_id
    AND m.xmin = pg_current_xact_id()::xid;
  IF new.id IS NULL THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  held := identity.held_by(old);
  -- Nobody comes to have invited themselves.
  UPDATE identity.invitation i SET invited_by = new.account_id FROM identity.account a
    WHERE a.id = new.account_id AND i.email <> a.email AND i.invited_by = old.account_id
      AND i.principal_id = old.principal_id AND i.accepted_at IS NULL AND i.revoked_at IS NULL
      AND i.expires_at > now();
  GET DIAGNOSTICS passed = ROW_COUNT;
  UPDATE identity.signature s SET revoked_by = identity.viewer(), revoked_at = now()
    WHERE old.id IN (s.membership_id, s.delegate_id) AND s.revoked_at IS NULL AND s.ends_at > now();
  UPDATE identity.recovery r SET status = 'void'
    WHERE r.decided_by = old.account_id AND r.status = 'approved'
      AND EXISTS (SELECT FROM identity.membership o WHERE o.account_id = r.account_id
        AND o.principal_id = old.principal_id AND o.revoked_at IS NULL);
  UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
    WHERE k.account_id = old.account_id AND k.revoked_at IS NULL
      AND NOT EXISTS (SELECT FROM identity.membership o WHERE o.account_id = old.account_id
        AND o.revoked_at IS NULL AND (o.until IS NULL OR o.until > now()));
  RETURN held || jsonb_build_object('invitations', passed);
END $function$;
GRANT EXECUTE ON FUNCTION identity.pass_on(uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.password_changed(notice uuid, kept text, keys_too boolean)
 RETURNS TABLE(sessions integer, keys integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE who identity.account;
BEGIN
  SELECT a.* INTO who FROM identity.account a WHERE a.id = identity.viewer();
  PERFORM identity.end_resets(who);
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN QUERY SELECT e.sessions, e.keys FROM identity.end_access(who.id, kept, keys_too) e;
END $function$;
GRANT EXECUTE ON FUNCTION identity.password_changed(uuid,text,boolean) TO comity_app;

CREATE OR REPLACE FUNCTION identity.person(who uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  BEGIN RETURN (SELECT jsonb_build_object('accountId', a.id, 'email', a.email, 'name', a.name,
    'administrator', a.administrator, 'sessionHash', '', 'seats', coalesce((
      SELECT jsonb_agg(seat.told ORDER BY seat.key) FROM (
        SELECT DISTINCT ON (s.key) s.key, jsonb_build_object('membershipId', m.id, 'side', s.key,
          'principalId', s.id, 'group', s.within, 'role', m.role, 'permissions',
          CASE WHEN l.names IS NULL OR 'submit' = ANY (m.permissions) THEN m.permissions
            ELSE m.permissions || '{submit}'::text[] END,
          'signsFor', coalesce(l.names, '{}')) AS told
        FROM identity.membership m
        CROSS JOIN LATERAL (SELECT p.id, p.key, g.key AS within, false AS through
          FROM identity.principal p LEFT JOIN identity.principal g ON g.id = p.within
          WHERE p.id = m.principal_id
          UNION ALL SELECT p.id, p.key, NULL, true
          FROM identity.front f JOIN identity.principal p ON p.id = f.principal_id
          WHERE f.behind_id = m.principal_id
            AND NOT EXISTS (SELECT FROM casework.participant t
              JOIN casework.exclusion x ON x.proceeding_id = t.proceeding_id
              WHERE t.principal_id = f.principal_id AND x.account_id = a.id)) s
        LEFT JOIN LATERAL (SELECT array_agg(t.by_name ORDER BY t.by_name) AS names
          FROM identity.lent_to(m.id) t) l ON true
        WHERE m.account_id = a.id AND m.revoked_at IS NULL
          AND (m.until IS NULL OR m.until > now())
        ORDER BY s.key, s.through) seat), '[]'))
  FROM identity.account a WHERE a.id = who AND a.disabled_at IS NULL); END $function$;

CREATE OR REPLACE FUNCTION identity.plan_deliveries(plans jsonb)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO identity.delivery
    SELECT p.id, p.notice, p.channel, p.target, 1, NULL, coalesce(w.letter, p.letter, p.id), 'queued', false, 0,
      date_trunc('milliseconds', now()), p.due, NULL, p.due, NULL
    FROM jsonb_to_recordset(plans)
      AS p(id uuid, notice uuid, channel text, target uuid, digest boolean, due timestamptz, letter uuid)
    LEFT JOIN LATERAL (SELECT d.letter FROM identity.notice mine
      JOIN identity.notice n ON n.account_id = mine.account_id
      JOIN identity.delivery d ON d.notice_id = n.id
      WHERE p.digest AND mine.id = p.notice AND d.channel = 'mail' AND d.status = 'queued'
        AND d.attempts = 0 AND d.nth = 1 AND d.due_at = p.due AND d.look_at = p.due LIMIT 1) w ON true
  ON CONFLICT (notice_id, channel, target, nth) DO NOTHING $function$;
GRANT EXECUTE ON FUNCTION identity.plan_deliveries(jsonb) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.principals()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT coalesce(nullif(current_setting('comity.principals', true), '')::uuid[], '{}') $function$;
GRANT EXECUTE ON FUNCTION identity.principals() TO comity_app;
GRANT EXECUTE ON FUNCTION identity.principals() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.proofs(proceeding uuid, room text, number integer, only_status text, before timestamp with time zone, before_id uuid, most integer)
 RETURNS TABLE(id uuid, compartment text, n integer, event text, side text, urgency text, told_at timestamp with time zone, read_at timestamp with time zone, deliveries jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH own AS MATERIALIZED (SELECT p.key FROM identity.principal p
      WHERE p.id = ANY (identity.principals()) AND p.key ~ '^(state|organization|body|secretariat|communicant):'),
    seen AS MATERIALIZED (SELECT e.id, e.proceeding_id, e.compartment, e.n, e.body::jsonb AS body, o.office,
        EXISTS (SELECT FROM casework.access a JOIN identity.principal k ON k.id = a.principal_id
          WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
            AND k.kind = 'communicant') AS fronted
      FROM journal.entry e JOIN casework.proceeding p ON p.id = e.proceeding_id
      CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM own
        WHERE own.key = 'secretariat:' || p.mechanism) AS office) o
      WHERE e.proceeding_id = proceeding AND (room IS NULL OR e.compartment = room)
        AND (number IS NULL OR e.n = number)
        AND EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = e.proceeding_id
          AND a.compartment = e.compartment AND a.principal_id = ANY (identity.principals()))
        AND NOT EXISTS (SELECT FROM casework.exclusion x
          WHERE x.proceeding_id = e.proceeding_id AND x.account_id = identity.viewer())
        AND (o.office OR EXISTS (SELECT FROM own WHERE own.key IN (e.body::jsonb ->> 'by',
          e.body::jsonb ->> 'onBehalfOf')))),
    page AS MATERIALIZED (SELECT t.id, t.account_id, t.urgency, t.told_at, t.read_at, s.proceeding_id,
        s.compartment, s.n, s.body ->> 'what' AS what, s.office, k.front
      FROM seen s JOIN identity.notice t ON t.entry_id = s.id
        CROSS JOIN LATERAL (SELECT CASE WHEN s.fronted
          THEN identity.front_told(t.account_id, s.proceeding_id, s.compartment) END AS front) k
      WHERE (k.front IS NULL OR k.front IN (SELECT own.key FROM own)
          OR EXISTS (SELECT FROM identity.membership m
            JOIN identity.principal p ON p.id = m.principal_id AND p.key IN (SELECT own.key FROM own)
            JOIN identity.membership c ON c.principal_id = p.id AND c.account_id <> t.account_id
            JOIN identity.notice o ON o.entry_id = t.entry_id AND o.account_id = c.account_id
            WHERE m.account_id = t.account_id AND m.revoked_at IS NULL AND c.revoked_at IS NULL
              AND identity.front_told(o.account_id, s.proceeding_id, s.compartment) IS NULL))
        AND (before IS NULL OR (t.told_at, t.id) < (before, before_id))
        AND (only_status IS NULL OR EXISTS (SELECT FROM identity.delivery f
          WHERE f.notice_id = t.id AND f.status = only_status))
      ORDER BY t.told_at DESC, t.id DESC LIMIT most)
  SELECT t.id, t.compartment, t.n, t.what,
    coalesce((SELECT min(p.key) FROM identity.membership m
        JOIN identity.principal p ON p.id = m.principal_id
        WHERE m.account_id = t.account_id AND m.revoked_at IS NULL
          AND p.key IN (SELECT own.key FROM own)),
      t.front,
      identity.side_told(t.account_id, t.proceeding_id, t.compartment)),
    t.urgency, t.told_at, t.read_at,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'channel', d.channel,
        'status', d.status, 'nth', d.nth, 'again', d.again, 'attempts', d.attempts,
        'dueAt', d.due_at, 'settledAt', d.settled_at, 'answer', (SELECT CASE WHEN t.office
            AND d.channel = 'mail' THEN
            substring(y.answer FROM '[245][0-9][0-9](?:[ -][245]\.[0-9]+\.[0-9]+)?') END
          FROM identity.delivery_attempt y WHERE y.delivery_id = d.id ORDER BY y.n DESC LIMIT 1))
        ORDER BY d.channel, d.queued_at, d.id), '[]')
      FROM identity.delivery d WHERE d.notice_id = t.id)
  FROM page t ORDER BY t.told_at DESC, t.id DESC $function$;
GRANT EXECUTE ON FUNCTION identity.proofs(uuid,text,integer,text,timestamp with time zone,uuid,integer) TO comity_app;

CREATE OR REPLACE FUNCTION identity.put_off_letters(those uuid[], pause interval)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.delivery d SET look_at = now() + pause
  WHERE d.letter = ANY (those) AND d.look_at IS NOT NULL
    AND (d.claimed_until IS NULL OR d.claimed_until < now()) $function$;
GRANT EXECUTE ON FUNCTION identity.put_off_letters(uuid[],interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.queue_invitation(mail uuid, invitation uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO identity.mail SELECT mail, 'invitation', i.email, i.language, i.id, NULL,
    'queued', 0, now(), now(), NULL, NULL
  FROM identity.invitation i WHERE i.id = invitation AND (
    i.invited_by = identity.viewer() OR i.principal_id = ANY (identity.principals())) $function$;
GRANT EXECUTE ON FUNCTION identity.queue_invitation(uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.read_letters(letters uuid[], notices uuid[])
 RETURNS TABLE(id uuid, urgency text, told_at timestamp with time zone, read_at timestamp with time zone, archived_at timestamp with time zone, body text, n integer, compartment text, proceeding_id uuid, mechanism text, mechanism_version integer, subject text, state_names jsonb, test boolean)
 LANGUAGE plpgsql
AS $function$
DECLARE written record;
BEGIN
  FOR written IN SELECT u.letter, array_agg(u.notice) AS told
      FROM unnest(letters, notices) u(letter, notice) GROUP BY u.letter LOOP
    PERFORM identity.enter_recipient(written.letter);
    RETURN QUERY SELECT o.* FROM identity.own_notices() o WHERE o.id = ANY (written.told);
  END LOOP;
END $function$;
GRANT EXECUTE ON FUNCTION identity.read_letters(uuid[],uuid[]) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.recoverers(who uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  WITH live AS (SELECT m.* FROM identity.membership m
      WHERE m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())),
    seat AS (SELECT l.principal_id FROM live l WHERE l.account_id = who),
    manager AS (SELECT l.account_id FROM seat s JOIN live l ON l.principal_id = s.principal_id
      JOIN identity.account a ON a.id = l.account_id AND a.disabled_at IS NULL
      WHERE 'manage' = ANY (l.permissions) AND a.id <> who AND NOT EXISTS
        (SELECT FROM identity.account o WHERE o.id = who AND o.administrator)
      GROUP BY l.account_id HAVING count(*) = (SELECT count(*) FROM seat))
  SELECT account_id FROM manager
  UNION ALL SELECT a.id FROM identity.account a
    WHERE a.administrator AND a.disabled_at IS NULL AND a.id <> who
      AND NOT EXISTS (SELECT FROM manager) $function$;

CREATE OR REPLACE FUNCTION identity.redeem(token text, idle interval)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE found identity.session; who jsonb;
BEGIN
  SELECT s.* INTO found FROM identity.session s
    WHERE s.token_hash = token AND s.expires_at > now() AND s.seen_at + idle > now();
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND found.seen_at < now() - interval '1 minute' THEN
    UPDATE identity.session s SET seen_at = now() WHERE s.token_hash = token;
  END IF;
  RETURN who || jsonb_build_object('sessionHash', token);
END $function$;
GRANT EXECUTE ON FUNCTION identity.redeem(text,interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.redeem_case_key(secret text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE found identity.case_key; who jsonb;
BEGIN
  UPDATE identity.case_key k SET secret_hash = k.next_hash, next_hash = NULL,
      made_at = date_trunc('milliseconds', now()), used_at = NULL
    WHERE k.next_hash = secret;
  SELECT k.* INTO found FROM identity.case_key k
    WHERE k.secret_hash = secret;
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND coalesce(found.used_at, '-infinity') < now() - interval '1 minute' THEN
    UPDATE identity.case_key k SET used_at = date_trunc('milliseconds', now())
      WHERE k.secret_hash = secret;
  END IF;
  RETURN who;
END $function$;
GRANT EXECUTE ON FUNCTION identity.redeem_case_key(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.redeem_feed(secret text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT identity.person(a.id) || jsonb_build_object('language', coalesce(a.language, 'en'))
  FROM identity.calendar_feed f JOIN identity.account a ON a.id = f.account_id
  WHERE f.secret_hash = secret AND f.revoked_at IS NULL $function$;
GRANT EXECUTE ON FUNCTION identity.redeem_feed(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.redeem_key(secret text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE found identity.api_key; who jsonb;
BEGIN
  SELECT k.* INTO found FROM identity.api_key k
    WHERE k.secret_hash = secret AND k.revoked_at IS NULL AND k.expires_at > now();
  who := identity.person(found.account_id);
  IF who IS NOT NULL AND coalesce(found.used_at, '-infinity') < now() - interval '1 minute' THEN
    UPDATE identity.api_key k SET used_at = date_trunc('milliseconds', now())
      WHERE k.id = found.id AND k.revoked_at IS NULL;
  END IF;
  RETURN who || jsonb_build_object('scopes', found.scopes);
END $function$;
GRANT EXECUTE ON FUNCTION identity.redeem_key(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.redeem_recovery(half text, code text, password text, notice uuid)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE who identity.account; r identity.recovery;
BEGIN
  SELECT a.* INTO who FROM identity.account a WHERE a.disabled_at IS NULL AND a.id =
    (SELECT x.account_id FROM identity.recovery x WHERE x.half_hash = half) FOR NO KEY UPDATE;
  SELECT x.* INTO r FROM identity.recovery x WHERE x.half_hash = half AND x.account_id = who.id
    AND x.status = 'approved' AND x.expires_at > now() FOR UPDATE;
  IF r.id IS NULL THEN RETURN NULL; END IF;
  IF NOT ARRAY(SELECT identity.deciders(who.id, r.by_mail))
      @> array_remove(ARRAY[r.first_by, r.decided_by], NULL) THEN
    UPDATE identity.recovery x SET status = 'void' WHERE x.id = r.id;
    RETURN NULL;
  END IF;
  IF r.code_hash <> code THEN
    UPDATE identity.recovery x SET attempts = r.attempts + 1,
      status = CASE WHEN r.attempts >= 4 THEN 'void' ELSE 'approved' END WHERE x.id = r.id;
    RETURN NULL;
  END IF;
  IF r.good_from > now() THEN RETURN jsonb_build_object('from', r.good_from); END IF;
  UPDATE identity.account a SET password_hash = password WHERE a.id = who.id;
  UPDATE identity.recovery x SET status = 'used' WHERE x.id = r.id;
  PERFORM identity.end_resets(who), identity.end_access(who.id, NULL, true);
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN jsonb_build_object('email', who.email);
END $function$;
GRANT EXECUTE ON FUNCTION identity.redeem_recovery(text,text,text,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.redeem_reset(token text, password text, notice uuid)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE who identity.account;
BEGIN
  SELECT a.* INTO who FROM identity.account a WHERE a.disabled_at IS NULL AND a.id =
    (SELECT r.account_id FROM identity.password_reset r WHERE r.token_hash = token)
    FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM identity.password_reset r WHERE r.token_hash = token
      AND r.account_id = who.id AND r.expires_at > now()) THEN
    RETURN NULL;
  END IF;
  UPDATE identity.account a SET password_hash = password WHERE a.id = who.id;
  PERFORM identity.end_resets(who), identity.end_access(who.id, NULL, true);
  INSERT INTO identity.mail VALUES (notice, 'password-changed', who.email,
    coalesce(who.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL);
  RETURN who.email;
END $function$;
GRANT EXECUTE ON FUNCTION identity.redeem_reset(text,text,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.redeem_unsubscription(secret text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT identity.person(u.account_id) FROM identity.unsubscription u
  WHERE u.token_hash = secret AND u.made_at > now() - interval '1 year' $function$;
GRANT EXECUTE ON FUNCTION identity.redeem_unsubscription(text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.regional_body(organization uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT o.principal_id FROM identity.organization o
  WHERE o.id = organization AND o.kind = 'regional-body' $function$;
GRANT EXECUTE ON FUNCTION identity.regional_body(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.renew_case_key(secret text, fresh text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.case_key k SET next_hash = fresh
  FROM identity.account a WHERE k.secret_hash = secret
    AND a.id = k.account_id AND a.disabled_at IS NULL
  RETURNING date_trunc('milliseconds', now()) $function$;
GRANT EXECUTE ON FUNCTION identity.renew_case_key(text,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.send_again(sent uuid, fresh uuid, why text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE d identity.delivery; told identity.notice; e journal.entry; p casework.proceeding; own boolean;
  last identity.delivery;
BEGIN
  SELECT x.* INTO d FROM identity.delivery x WHERE x.id = sent;
  SELECT x.* INTO told FROM identity.notice x WHERE x.id = d.notice_id FOR UPDATE;
  SELECT x.* INTO e FROM journal.entry x WHERE x.id = told.entry_id;
  SELECT x.* INTO p FROM casework.proceeding x WHERE x.id = e.proceeding_id;
  own := told.account_id = identity.viewer();
  IF own IS NULL OR NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = e.proceeding_id
      AND a.compartment = e.compartment AND a.principal_id = ANY (identity.principals()))
    OR EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = e.proceeding_id AND x.account_id = identity.viewer())
    OR NOT (own OR EXISTS (SELECT FROM identity.principal k
      WHERE k.id = ANY (identity.principals()) AND k.key = 'secretariat:' || p.mechanism)) THEN
    RETURN NULL;
  END IF;
  SELECT x.* INTO last FROM identity.delivery x WHERE x.notice_id = d.notice_id
    AND x.channel = d.channel AND x.target IS NOT DISTINCT FROM d.target ORDER BY x.nth DESC LIMIT 1;
  IF last.settled_at IS NULL THEN RETURN jsonb_build_object('refused', 'delivery-under-way'); END IF;
  IF last.nth >= 10 THEN RETURN jsonb_build_object('refused', 'resent-too-often'); END IF;
  INSERT INTO identity.delivery VALUES (fresh, d.notice_id, d.channel, d.target, last.nth + 1, why,
    fresh, 'queued', true, 0, date_trunc('milliseconds', now()), date_trunc('milliseconds', now()),
    NULL, now(), NULL);
  RETURN jsonb_build_object('own', own, 'proceedingId', p.id, 'mechanism', p.mechanism,
    'event', e.body::jsonb ->> 'what', 'channel', d.channel, 'compartment', e.compartment, 'n', e.n);
END $function$;
GRANT EXECUTE ON FUNCTION identity.send_again(uuid,uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.set_disabled(who uuid, shut boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(4014);
  IF who = identity.viewer() OR NOT EXISTS (SELECT FROM identity.account a
      WHERE a.id = identity.viewer() AND a.administrator AND a.disabled_at IS NULL) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE identity.account a SET disabled_at =
    CASE WHEN shut THEN coalesce(a.disabled_at, date_trunc('milliseconds', now())) END
  WHERE a.id = who;
  IF shut THEN
    DELETE FROM identity.session s WHERE s.account_id = who;
    DELETE FROM identity.password_reset r WHERE r.account_id = who;
    UPDATE identity.api_key k SET revoked_at = date_trunc('milliseconds', now())
      WHERE k.account_id = who AND k.revoked_at IS NULL;
    UPDATE identity.calendar_feed f SET revoked_at = date_trunc('milliseconds', now())
      WHERE f.account_id = who AND f.revoked_at IS NULL;
    UPDATE identity.webhook w SET status = 'off', off_why = 'access-ended',
      off_since = date_trunc('milliseconds', now()), retry_at = NULL, version = w.version + 1 WHERE w.account_id = who AND w.status = 'active';
    UPDATE identity.recovery v SET status = 'void'
      WHERE v.account_id = who AND v.status IN ('waiting', 'approved');
  END IF;
END $function$;
GRANT EXECUTE ON FUNCTION identity.set_disabled(uuid,boolean) TO comity_app;

CREATE OR REPLACE FUNCTION identity.settle_letter(sent uuid, attempt integer, became text, said text, next timestamp with time zone, unsure boolean)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE moment timestamptz := date_trunc('milliseconds', clock_timestamp()); mine uuid[];
BEGIN
  IF became NOT IN ('deferred', 'failed', 'held', 'put-back') THEN
    RAISE EXCEPTION 'no such outcome' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT array_agg(f.id) INTO mine FROM (SELECT d.id FROM identity.delivery d WHERE d.letter = sent
    AND d.status = 'attempted' AND d.attempts = attempt ORDER BY d.id FOR UPDATE) f;
  IF mine IS NULL THEN RETURN '[]'; END IF;
  IF became IN ('held', 'put-back') THEN
    DELETE FROM identity.delivery_attempt t WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
    UPDATE identity.delivery d SET status = CASE WHEN attempt > 1 THEN 'deferred' ELSE 'queued' END,
        attempts = attempt - 1, due_at = CASE WHEN became = 'held' THEN next ELSE d.due_at END,
        not_before = CASE WHEN became = 'put-back' THEN next END, look_at = next, claimed_until = NULL
      WHERE d.id = ANY (mine);
    RETURN '[]';
  END IF;
  UPDATE identity.delivery_attempt t SET outcome = became, answer = said, ended_at = moment
    WHERE t.delivery_id = ANY (mine) AND t.n = attempt;
  UPDATE identity.delivery d SET status = became, claimed_until = NULL,
      again = d.again OR unsure,
      due_at = CASE WHEN became = 'deferred' THEN next ELSE d.due_at END,
      look_at = CASE WHEN became = 'deferred' THEN next END,
      settled_at = CASE WHEN became <> 'deferred' THEN moment END
    WHERE d.id = ANY (mine);
  IF became <> 'failed' THEN RETURN '[]'; END IF;
  RETURN identity.alarming(sent);
END $function$;
GRANT EXECUTE ON FUNCTION identity.settle_letter(uuid,integer,text,text,timestamp with time zone,boolean) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.settle_mail(mail uuid, attempt integer, outcome text, said text, again interval)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.mail m SET status = outcome, answer = said,
    due_at = now() + coalesce(again, interval '0'),
    settled_at = CASE WHEN outcome <> 'queued' THEN now() END
  WHERE m.id = mail AND m.attempts = attempt AND m.status = 'sending' $function$;
GRANT EXECUTE ON FUNCTION identity.settle_mail(uuid,integer,text,text,interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.side_name(side text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT coalesce((SELECT o.name FROM identity.organization o
      WHERE 'organization:' || o.id = side),
    (SELECT n.name FROM reference.state_name n WHERE 'state:' || n.iso3 = side
      AND n.form = 'short' AND n.language = 'en' LIMIT 1), side) $function$;
GRANT EXECUTE ON FUNCTION identity.side_name(text) TO comity_app;
GRANT EXECUTE ON FUNCTION identity.side_name(text) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.side_told(who uuid, proceeding uuid, room text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT CASE WHEN min(k.key) LIKE 'organization:%' THEN 'organization' ELSE min(k.key) END
  FROM identity.membership m CROSS JOIN LATERAL (SELECT p.id, p.key, p.within
      FROM identity.principal p WHERE p.id = m.principal_id
    UNION ALL SELECT p.id, p.key, NULL FROM identity.front f
      JOIN identity.principal p ON p.id = f.principal_id WHERE f.behind_id = m.principal_id) k
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
    AND EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = room AND a.principal_id IN (k.id, k.within))
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = proceeding AND x.account_id = who) $function$;

CREATE OR REPLACE FUNCTION identity.sides_to_recover(who uuid, mailed boolean)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT coalesce(array_agg(p.key ORDER BY p.key), '{}') FROM identity.membership m
  JOIN identity.principal p ON p.id = m.principal_id
  WHERE m.account_id = who AND m.revoked_at IS NULL AND (m.until IS NULL OR m.until > now())
    AND identity.answers_for(who, mailed) AND p.kind <> 'communicant' $function$;
GRANT EXECUTE ON FUNCTION identity.sides_to_recover(uuid,boolean) TO comity_app;

CREATE OR REPLACE FUNCTION identity.stay_ended()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
BEGIN
  RAISE EXCEPTION 'it has ended' USING ERRCODE = 'insufficient_privilege';
END $function$;

CREATE OR REPLACE FUNCTION identity.still_good(tokens text[], idle interval)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT coalesce(jsonb_agg(g.hash), '[]') FROM (
    SELECT s.token_hash AS hash, s.account_id FROM identity.session s
      WHERE s.token_hash = ANY (tokens) AND s.expires_at > now() AND s.seen_at + idle > now()
    UNION ALL SELECT k.secret_hash, k.account_id FROM identity.api_key k
      WHERE k.secret_hash = ANY (tokens) AND k.revoked_at IS NULL AND k.expires_at > now()
    UNION ALL SELECT k.secret_hash, k.account_id FROM identity.case_key k
      WHERE k.secret_hash = ANY (tokens)) g
  JOIN identity.account a ON a.id = g.account_id AND a.disabled_at IS NULL $function$;
GRANT EXECUTE ON FUNCTION identity.still_good(text[],interval) TO comity_app;

CREATE OR REPLACE FUNCTION identity.still_proven(who uuid, proof text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM FROM identity.account a
    WHERE a.id = who AND a.password_hash = proof AND a.disabled_at IS NULL FOR SHARE;
  RETURN FOUND;
END $function$;
GRANT EXECUTE ON FUNCTION identity.still_proven(uuid,text) TO comity_app;

CREATE OR REPLACE FUNCTION identity.sweep(idle interval)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH s AS (DELETE FROM identity.session WHERE expires_at <= now() OR seen_at + idle <= now()
             RETURNING 1),
       a AS (DELETE FROM identity.attempt WHERE since < now() - interval '1 day' RETURNING 1)
  SELECT ((SELECT count(*) FROM s) + (SELECT count(*) FROM a))::int $function$;
GRANT EXECUTE ON FUNCTION identity.sweep(interval) TO comity_app;
GRANT EXECUTE ON FUNCTION identity.sweep(interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.sweep_mail()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH m AS (DELETE FROM identity.mail WHERE settled_at < now() - interval '30 days' RETURNING 1),
       r AS (DELETE FROM identity.password_reset WHERE expires_at <= now() RETURNING 1)
  SELECT ((SELECT count(*) FROM m) + (SELECT count(*) FROM r))::int $function$;
GRANT EXECUTE ON FUNCTION identity.sweep_mail() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.tell_mail(m identity.mail, token text)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE told jsonb;
BEGIN
  IF m.kind = 'invitation' THEN
    UPDATE identity.invitation i SET token_hash = token,
      expires_at = date_trunc('milliseconds', now()) + interval '7 days'
    FROM identity.principal p, identity.account a
    WHERE i.id = m.invitation_id AND p.id = i.principal_id AND a.id = i.invited_by
      AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()
      AND a.disabled_at IS NULL
    RETURNING jsonb_build_object('by', a.name, 'side', p.key, 'role', i.role,
      'expiresAt', i.expires_at) INTO told;
  ELSIF m.kind = 'password-reset' THEN
    INSERT INTO identity.password_reset SELECT m.id, a.id, token, now() + interval '1 hour'
      FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL
    ON CONFLICT (mail_id) DO UPDATE SET token_hash = excluded.token_hash,
      expires_at = excluded.expires_at
    RETURNING jsonb_build_object('expiresAt', expires_at) INTO told;
  ELSIF m.kind = 'password-changed' THEN
    SELECT jsonb_build_object('at', m.queued_at) INTO told
    FROM identity.account a WHERE a.email = m.address AND a.disabled_at IS NULL;
  ELSIF m.kind = 'key-created' THEN
    SELECT jsonb_build_object('name', k.name, 'scopes', array_to_string(k.scopes, ', '),
      'at', k.created_at, 'expiresAt', k.expires_at) INTO told
    FROM identity.api_key k JOIN identity.account a ON a.id = k.account_id
    WHERE k.id = m.api_key_id AND a.email = m.address AND a.disabled_at IS NULL;
  ELSIF m.kind = 'recovery-half' THEN
    UPDATE identity.recovery r SET half_hash = token FROM identity.account a
    WHERE r.id = m.recovery_id AND a.id = r.account_id AND a.disabled_at IS NULL
      AND r.status IN ('waiting', 'approved') AND r.expires_at > now()
    RETURNING jsonb_build_object('at', r.asked_at, 'mark', r.mark) INTO told;
  ELSIF m.kind LIKE 'recovery-%' THEN
    SELECT jsonb_build_object('at', r.asked_at, 'mark', r.mark, 'member', a.name, 'by', d.name,
      'from', r.good_from) INTO told
    FROM identity.recovery r JOIN identity.account a ON a.id = r.account_id
      AND a.disabled_at IS NULL
    LEFT JOIN identity.account d ON d.id = r.decided_by
    WHERE r.id = m.recovery_id AND r.expires_at > now()
      AND r.status = CASE m.kind WHEN 'recovery-approved' THEN 'approved' ELSE 'waiting' END
      -- Read as its recipient: the owner, or somebody who still answers for them.
      AND (a.email = m.address OR EXISTS (SELECT FROM identity.account o
        WHERE o.email = m.address AND o.id IN (SELECT identity.deciders(a.id, r.by_mail))));
  ELSIF m.kind = 'signature-delegated' THEN
    SELECT jsonb_build_object('by', g.name, 'member', d.name, 'side', p.key, 'from', s.starts_at,
      'until', s.ends_at) INTO told
    FROM identity.signature s JOIN identity.principal p ON p.id = s.principal_id
    JOIN identity.membership sm ON sm.id = s.membership_id
    JOIN identity.account g ON g.id = sm.account_id
    JOIN identity.membership dm ON dm.id = s.delegate_id
    JOIN identity.account d ON d.id = dm.account_id
    WHERE s.id = m.signature_id AND s.revoked_at IS NULL AND s.ends_at > now()
      -- Read as its recipient: whoever has left the side since is not told.
      AND EXISTS (SELECT FROM identity.membership r JOIN identity.account o ON o.id = r.account_id
        WHERE o.email = m.address AND o.disabled_at IS NULL AND r.principal_id = s.principal_id
          AND r.revoked_at IS NULL AND (r.until IS NULL OR r.until > now()));
  ELSIF m.kind = 'webhook-off' THEN
    SELECT jsonb_build_object('id', w.id, 'description', w.description, 'why', w.off_why,
      'at', w.off_since, 'since', w.failing_since) INTO told
    FROM identity.webhook w JOIN identity.account a ON a.id = w.account_id
    WHERE w.id = m.webhook_id AND w.off_why IN ('failing', 'gone') AND a.email = m.address
      AND a.disabled_at IS NULL;
  ELSE
    SELECT jsonb_build_object('by', g.name, 'member', a.name, 'side', p.key, 'role', s.role)
      INTO told
    FROM identity.membership s JOIN identity.principal p ON p.id = s.principal_id
    JOIN identity.account a ON a.id = s.account_id JOIN identity.account g ON g.id = s.granted_by
    WHERE s.id = m.membership_id AND s.revoked_at IS NULL
      -- Read as its recipient: whoever has left the side since is not told.
      AND EXISTS (SELECT FROM identity.membership r JOIN identity.account o ON o.id = r.account_id
        WHERE o.email = m.address AND o.disabled_at IS NULL AND r.principal_id = s.principal_id
          AND r.revoked_at IS NULL AND (r.until IS NULL OR r.until > now())
          AND (r.id = s.id OR 'manage' = ANY (r.permissions)));
  END IF;
  RETURN told || jsonb_build_object('sideName', coalesce((SELECT n.name
    FROM reference.state_name n WHERE 'state:' || n.iso3 = told ->> 'side'
      AND n.form = 'short' AND n.language = m.language LIMIT 1),
    identity.side_name(told ->> 'side')));
END $function$;

CREATE OR REPLACE FUNCTION identity.tell_of_key(notice uuid, key uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO identity.mail SELECT notice, 'key-created', a.email, coalesce(a.language, 'en'),
    NULL, NULL, 'queued', 0, now(), now(), NULL, NULL, k.id
  FROM identity.api_key k JOIN identity.account a ON a.id = k.account_id
  WHERE k.id = key AND k.account_id = identity.viewer() $function$;
GRANT EXECUTE ON FUNCTION identity.tell_of_key(uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.tell_of_membership(membership uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO identity.mail SELECT gen_random_uuid(), 'membership-granted', a.email,
    coalesce(a.language, 'en'), NULL, g.id, 'queued', 0, now(), now(), NULL, NULL
  FROM identity.membership g
  JOIN identity.membership m ON m.principal_id = g.principal_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now()) AND ('manage' = ANY (m.permissions) OR m.id = g.id)
  JOIN identity.account a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE g.id = membership AND g.granted_by = identity.viewer()
    AND a.id <> identity.viewer() $function$;
GRANT EXECUTE ON FUNCTION identity.tell_of_membership(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.tell_of_signature(signature uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  INSERT INTO identity.mail SELECT gen_random_uuid(), 'signature-delegated', a.email,
    coalesce(a.language, 'en'), NULL, NULL, 'queued', 0, now(), now(), NULL, NULL, NULL, NULL, s.id
  FROM identity.signature s
  JOIN identity.membership own ON own.id = s.membership_id AND own.account_id = identity.viewer()
  JOIN identity.membership m ON m.principal_id = s.principal_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
    AND ('manage' = ANY (m.permissions) OR m.id IN (s.membership_id, s.delegate_id))
  JOIN identity.account a ON a.id = m.account_id AND a.disabled_at IS NULL
  WHERE s.id = signature $function$;
GRANT EXECUTE ON FUNCTION identity.tell_of_signature(uuid) TO comity_app;

CREATE OR REPLACE FUNCTION identity.told(entry uuid)
 RETURNS TABLE(notice_id uuid, account_id uuid, event text, hooks uuid[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT n.id, n.account_id, b.what, ARRAY(SELECT identity.webhooks_for(n.account_id, b.what))
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb ->> 'what' AS what) b
  JOIN identity.notice n ON n.entry_id = w.entry_id
  WHERE w.entry_id = entry $function$;
GRANT EXECUTE ON FUNCTION identity.told(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.viewer()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT nullif(current_setting('comity.viewer', true), '')::uuid $function$;
GRANT EXECUTE ON FUNCTION identity.viewer() TO comity_app;
GRANT EXECUTE ON FUNCTION identity.viewer() TO comity_worker;

CREATE OR REPLACE FUNCTION identity.webhook_failed(webhook uuid, seen integer, wait interval, patience interval, fewest integer, gone boolean)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE now_ms timestamptz := date_trunc('milliseconds', clock_timestamp()); w identity.webhook;
BEGIN
  UPDATE identity.webhook t SET failing_since = coalesce(t.failing_since, now_ms),
    failures = t.failures + (t.failures = seen)::int, retry_at = greatest(t.retry_at, now_ms + wait)
    WHERE t.id = webhook AND t.status = 'active' RETURNING t.* INTO w;
  IF w.id IS NULL
    OR NOT (gone OR (w.failing_since < now_ms - patience AND w.failures >= fewest)) THEN
    RETURN;
  END IF;
  UPDATE identity.webhook t SET status = 'off', off_since = now_ms, retry_at = NULL,
    off_why = CASE WHEN gone THEN 'gone' ELSE 'failing' END, version = t.version + 1
    WHERE t.id = webhook;
  INSERT INTO identity.mail (id, kind, address, language, status, attempts, queued_at, due_at,
      webhook_id)
    SELECT gen_random_uuid(), 'webhook-off', a.email, coalesce(a.language, 'en'), 'queued', 0,
      now(), now(), webhook
    FROM identity.account a WHERE a.id = w.account_id AND a.disabled_at IS NULL;
END $function$;
GRANT EXECUTE ON FUNCTION identity.webhook_failed(uuid,integer,interval,interval,integer,boolean) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.webhook_taken(webhook uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.webhook w SET failing_since = NULL, failures = 0, retry_at = NULL
    WHERE w.id = webhook AND w.failures > 0 $function$;
GRANT EXECUTE ON FUNCTION identity.webhook_taken(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.webhook_targets(webhooks uuid[], owners uuid[], trial interval)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE tried uuid[];
BEGIN
  WITH let AS (UPDATE identity.webhook t
    SET retry_at = date_trunc('milliseconds', clock_timestamp()) + trial
    FROM (SELECT x.id FROM identity.webhook x
      WHERE x.id = ANY (webhooks) AND x.status = 'active' AND x.retry_at <= clock_timestamp()
        AND EXISTS (SELECT FROM unnest(webhooks, owners) u(id, owner)
          WHERE u.id = x.id AND u.owner = x.account_id)
      ORDER BY x.id FOR UPDATE SKIP LOCKED) due
    WHERE t.id = due.id RETURNING t.id)
  SELECT array_agg(let.id) INTO tried FROM let;
  RETURN (SELECT coalesce(jsonb_agg(CASE WHEN a.id IS NOT NULL THEN jsonb_build_object(
      'url', w.url, 'failures', w.failures,
      'waitsUntil', CASE WHEN w.id = ANY (tried) AND asked.nth = 1 THEN NULL ELSE w.retry_at END,
      'secrets', (SELECT jsonb_agg(jsonb_build_object('seal', s.seal,
          'content', encode(s.content, 'base64')) ORDER BY s.ends_at DESC NULLS FIRST)
        FROM identity.webhook_secret s WHERE s.webhook_id = w.id
          AND (s.ends_at IS NULL OR s.ends_at > now()))) END ORDER BY asked.at), '[]')
    FROM (SELECT u.*, row_number() OVER (PARTITION BY u.id ORDER BY u.at) AS nth
      FROM unnest(webhooks, owners) WITH ORDINALITY u(id, owner, at)) asked
    LEFT JOIN identity.webhook w
      ON w.id = asked.id AND w.account_id = asked.owner AND w.status = 'active'
    LEFT JOIN identity.account a ON a.id = w.account_id AND a.disabled_at IS NULL);
END $function$;
GRANT EXECUTE ON FUNCTION identity.webhook_targets(uuid[],uuid[],interval) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.webhook_untried(webhook uuid, seen integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  UPDATE identity.webhook t SET retry_at = date_trunc('milliseconds', clock_timestamp())
  WHERE t.id = webhook AND t.status = 'active' AND t.failures = seen
    AND t.retry_at > clock_timestamp() $function$;
GRANT EXECUTE ON FUNCTION identity.webhook_untried(uuid,integer) TO comity_worker;

CREATE OR REPLACE FUNCTION identity.webhooks_for(who uuid, event text)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''
AS $function$
  SELECT w.id FROM identity.webhook w JOIN identity.account a ON a.id = w.account_id
  WHERE w.account_id = who AND w.status = 'active' AND a.disabled_at IS NULL
    AND (w.events IS NULL OR event = ANY (w.events)) $function$;

CREATE OR REPLACE FUNCTION identity.withhold_deliveries(those uuid[], became text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  WITH gone AS (DELETE FROM identity.delivery_attempt t
    WHERE t.delivery_id = ANY (those) AND t.outcome = 'attempted')
  UPDATE identity.delivery d SET status = became, claimed_until = NULL, look_at = NULL,
    settled_at = date_trunc('milliseconds', now())
  WHERE d.id = ANY (those) AND d.status = 'attempted' AND became IN ('withheld', 'declined') $function$;
GRANT EXECUTE ON FUNCTION identity.withhold_deliveries(uuid[],text) TO comity_worker;
CREATE SCHEMA journal AUTHORIZATION comity_owner;
GRANT USAGE ON SCHEMA journal TO comity_app;
GRANT USAGE ON SCHEMA journal TO comity_worker;

CREATE TABLE journal.author (
  entry_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  account_id uuid NOT NULL,
  signatures uuid[] NOT NULL,
  CONSTRAINT author_compartment_ck CHECK ((compartment = 'identity'::text)),
  CONSTRAINT author_entry_fk FOREIGN KEY (entry_id) REFERENCES journal.entry(id),
  CONSTRAINT author_pk PRIMARY KEY (entry_id)
);
ALTER TABLE journal.author ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON journal.author AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = author.proceeding_id) AND (a.compartment = author.compartment))
 LIMIT 1));
CREATE POLICY recused ON journal.author AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = author.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT SELECT ON journal.author TO comity_app;

CREATE TABLE journal.chain (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  n integer NOT NULL,
  hash text NOT NULL,
  CONSTRAINT chain_pk PRIMARY KEY (proceeding_id, compartment),
  CONSTRAINT chain_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES casework.proceeding(id) DEFERRABLE INITIALLY DEFERRED
);
ALTER TABLE journal.chain ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON journal.chain AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = chain.proceeding_id) AND (a.compartment = chain.compartment))
 LIMIT 1));
CREATE POLICY recused ON journal.chain AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = chain.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT SELECT ON journal.chain TO comity_app;

CREATE TABLE journal.entry (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  n integer NOT NULL,
  body text NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL,
  CONSTRAINT entry_chain_fk FOREIGN KEY (proceeding_id, compartment) REFERENCES journal.chain(proceeding_id, compartment),
  CONSTRAINT entry_n_uq UNIQUE (proceeding_id, compartment, n),
  CONSTRAINT entry_pk PRIMARY KEY (id)
);
ALTER TABLE journal.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY as_recipient ON journal.entry AS RESTRICTIVE FOR SELECT TO comity_worker USING ((identity.viewer() IS NOT NULL));
CREATE POLICY granted ON journal.entry AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = entry.proceeding_id) AND (a.compartment = entry.compartment))
 LIMIT 1));
CREATE POLICY recused ON journal.entry AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = entry.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT SELECT ON journal.entry TO comity_app;
GRANT SELECT ON journal.entry TO comity_worker;

CREATE TABLE journal.pending (
  entry_id uuid NOT NULL,
  carried_at timestamp with time zone,
  since timestamp with time zone,
  not_before timestamp with time zone,
  CONSTRAINT pending_entry_fk FOREIGN KEY (entry_id) REFERENCES journal.entry(id),
  CONSTRAINT pending_pk PRIMARY KEY (entry_id)
);
CREATE INDEX pending_since_ix ON journal.pending USING btree (since);
ALTER TABLE journal.pending ENABLE ROW LEVEL SECURITY;
CREATE POLICY relay ON journal.pending AS PERMISSIVE FOR ALL TO comity_worker USING (true);
GRANT DELETE, SELECT, UPDATE ON journal.pending TO comity_worker;

CREATE TABLE journal.sealed_head (
  proceeding_id uuid NOT NULL,
  compartment text NOT NULL,
  day date NOT NULL,
  n integer NOT NULL,
  hash text NOT NULL,
  salt text NOT NULL,
  "position" text NOT NULL,
  path text[] NOT NULL,
  CONSTRAINT sealed_head_chain_fk FOREIGN KEY (proceeding_id, compartment) REFERENCES journal.chain(proceeding_id, compartment),
  CONSTRAINT sealed_head_pk PRIMARY KEY (proceeding_id, compartment, day),
  CONSTRAINT sealed_head_root_fk FOREIGN KEY (day) REFERENCES record.root(day)
);
ALTER TABLE journal.sealed_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY granted ON journal.sealed_head AS PERMISSIVE FOR ALL TO public USING (( SELECT true
   FROM casework.access a
  WHERE ((a.proceeding_id = sealed_head.proceeding_id) AND (a.compartment = sealed_head.compartment))
 LIMIT 1));
CREATE POLICY recused ON journal.sealed_head AS RESTRICTIVE FOR ALL TO public USING ((( SELECT true
   FROM casework.exclusion x
  WHERE ((x.proceeding_id = sealed_head.proceeding_id) AND (x.account_id = identity.viewer()))
 LIMIT 1) IS NOT TRUE));
GRANT SELECT ON journal.sealed_head TO comity_app;

CREATE OR REPLACE FUNCTION journal.act(entry uuid, events text[], most integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE proceeding uuid; moment timestamptz;
BEGIN
  SELECT e.proceeding_id, w.since INTO proceeding, moment
    FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id WHERE w.entry_id = entry;
  PERFORM pg_advisory_xact_lock(4022, hashtext(proceeding::text));
  RETURN QUERY SELECT a.id FROM (SELECT e.id, e.compartment, e.n
      FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
      WHERE w.entry_id = entry OR (w.since = moment AND e.proceeding_id = proceeding
        AND e.body::jsonb ->> 'what' = ANY (events)
        AND NOT EXISTS (SELECT FROM identity.notice n WHERE n.entry_id = e.id))
      ORDER BY e.id <> entry, e.compartment, e.n LIMIT most) a ORDER BY a.compartment, a.n;
END $function$;
GRANT EXECUTE ON FUNCTION journal.act(uuid,text[],integer) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.append(entry uuid, proceeding uuid, room text, content text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE head journal.chain; fresh text;
BEGIN
  IF NOT EXISTS (SELECT FROM casework.access a WHERE a.proceeding_id = proceeding
      AND a.compartment = room AND a.principal_id = ANY (identity.principals()))
    OR EXISTS (SELECT FROM casework.exclusion x WHERE x.proceeding_id = proceeding
      AND x.account_id = identity.viewer()) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO journal.chain VALUES (proceeding, room, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM journal.chain c
    WHERE c.proceeding_id = proceeding AND c.compartment = room FOR UPDATE;
  fresh := journal.link(head.hash, head.n + 1, content);
  INSERT INTO journal.entry VALUES (entry, proceeding, room, head.n + 1, content, head.hash, fresh);
  UPDATE journal.chain c SET n = head.n + 1, hash = fresh
    WHERE c.proceeding_id = proceeding AND c.compartment = room;
  INSERT INTO journal.pending VALUES (entry, NULL, now());
  RETURN head.n + 1;
END $function$;
GRANT EXECUTE ON FUNCTION journal.append(uuid,uuid,text,text) TO comity_app;
GRANT EXECUTE ON FUNCTION journal.append(uuid,uuid,text,text) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.event(entry uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT jsonb_build_object('mechanism', p.mechanism, 'version', p.mechanism_version,
    'test', p.test, 'compartment', e.compartment, 'what', b.body ->> 'what',
    'sides', (SELECT coalesce(jsonb_agg(s), '[]') FROM unnest(ARRAY[b.body ->> 'by',
      b.body ->> 'onBehalfOf']) s WHERE s ~ '^(state|organization|communicant):'),
    'move', b.body -> 'facts' ->> 'move', 'deadline', b.body -> 'facts' ->> 'deadline',
    'asked', coalesce(b.body -> 'facts' -> 'asked', '[]'),
    'participants', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', t.role,
        'principal', k.key)), '[]') FROM casework.participant t
      JOIN identity.principal k ON k.id = t.principal_id WHERE t.proceeding_id = p.id))
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  WHERE w.entry_id = entry $function$;
GRANT EXECUTE ON FUNCTION journal.event(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.heads_grown()
 RETURNS TABLE(entry_id uuid, n integer, hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT e.id, e.n, e.hash FROM journal.chain c
  JOIN journal.entry e ON e.proceeding_id = c.proceeding_id AND e.compartment = c.compartment
    AND e.n = c.n
  WHERE c.n > coalesce((SELECT max(s.n) FROM journal.sealed_head s
    WHERE s.proceeding_id = c.proceeding_id AND s.compartment = c.compartment), 0) $function$;
GRANT EXECUTE ON FUNCTION journal.heads_grown() TO comity_worker;

CREATE OR REPLACE FUNCTION journal.intact(entry uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT e.hash = journal.link(e.previous, e.n, e.body)
     AND e.previous = coalesce((SELECT b.hash FROM journal.entry b WHERE b.proceeding_id =
           e.proceeding_id AND b.compartment = e.compartment AND b.n = e.n - 1), '')
  FROM journal.entry e WHERE e.id = entry $function$;
GRANT EXECUTE ON FUNCTION journal.intact(uuid) TO comity_app;
GRANT EXECUTE ON FUNCTION journal.intact(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.keep_heads(on_day date, heads jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE kept int;
BEGIN
  INSERT INTO journal.sealed_head
  SELECT e.proceeding_id, e.compartment, r.day, e.n, e.hash, h.salt, h.position, h.path
  FROM jsonb_to_recordset(heads) AS h("entryId" uuid, salt text, position text, path text[])
  JOIN journal.entry e ON e.id = h."entryId"
  JOIN record.root r ON r.day = on_day AND r.xmin = pg_current_xact_id()::xid
  WHERE e.n > coalesce((SELECT max(s.n) FROM journal.sealed_head s
    WHERE s.proceeding_id = e.proceeding_id AND s.compartment = e.compartment), 0);
  GET DIAGNOSTICS kept = ROW_COUNT;
  IF kept <> jsonb_array_length(heads) THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $function$;
GRANT EXECUTE ON FUNCTION journal.keep_heads(date,jsonb) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.link(previous text, n integer, content text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$
  SELECT encode(sha256(convert_to(previous || E'\n' || n || E'\n' || content, 'UTF8')), 'hex') $function$;
GRANT EXECUTE ON FUNCTION journal.link(text,integer,text) TO comity_app;
GRANT EXECUTE ON FUNCTION journal.link(text,integer,text) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.readers(entry uuid)
 RETURNS TABLE(account_id uuid, side text, "group" text, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT m.account_id, p.key, g.key, m.role
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.access a ON a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
  JOIN identity.principal p ON a.principal_id IN (p.id, p.within)
  LEFT JOIN identity.principal g ON g.id = p.within
  JOIN identity.membership m ON m.principal_id = p.id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE w.entry_id = entry
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = e.proceeding_id AND x.account_id = m.account_id)
  GROUP BY m.account_id, p.key, g.key, m.role
  UNION SELECT m.account_id, p.key, NULL, m.role
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.access a ON a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
  JOIN identity.front f ON f.principal_id = a.principal_id
  JOIN identity.principal p ON p.id = f.principal_id
  JOIN identity.membership m ON m.principal_id = f.behind_id AND m.revoked_at IS NULL
    AND (m.until IS NULL OR m.until > now())
  JOIN identity.account c ON c.id = m.account_id AND c.disabled_at IS NULL
  WHERE w.entry_id = entry
    AND NOT EXISTS (SELECT FROM casework.exclusion x
      WHERE x.proceeding_id = e.proceeding_id AND x.account_id = m.account_id) $function$;
GRANT EXECUTE ON FUNCTION journal.readers(uuid) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.sign(entry uuid, proceeding uuid, who uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  INSERT INTO journal.author SELECT e.id, e.proceeding_id, 'identity', who,
    coalesce((SELECT array_agg(l.id) FROM identity.membership m
      CROSS JOIN LATERAL identity.lent_to(m.id) l
      WHERE m.account_id = who AND m.revoked_at IS NULL
        AND (m.until IS NULL OR m.until > now())), '{}') FROM journal.entry e
    WHERE e.id = entry AND e.proceeding_id = proceeding AND e.xmin = pg_current_xact_id()::xid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $function$;
GRANT EXECUTE ON FUNCTION journal.sign(uuid,uuid,uuid) TO comity_app;

CREATE OR REPLACE FUNCTION journal.tell(entry uuid, accounts uuid[], how text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock(4018);
  INSERT INTO identity.notice
    SELECT gen_random_uuid(), r.account_id, entry, how,
      GREATEST(date_trunc('milliseconds', clock_timestamp()), (SELECT max(n.told_at) FROM identity.notice n
        WHERE n.account_id = r.account_id) + interval '1 millisecond'), NULL, NULL
    FROM (SELECT DISTINCT x.account_id FROM journal.readers(entry) x) r
    WHERE r.account_id = ANY (accounts) AND NOT EXISTS (SELECT FROM journal.author u
      WHERE u.entry_id = entry AND u.account_id = r.account_id)
    ON CONFLICT (account_id, entry_id) DO NOTHING;
  IF FOUND THEN PERFORM pg_notify('comity_told', ''); END IF;
END $function$;
GRANT EXECUTE ON FUNCTION journal.tell(uuid,uuid[],text) TO comity_worker;

CREATE OR REPLACE FUNCTION journal.untold(entry uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  SELECT coalesce(jsonb_agg(jsonb_build_object('proceedingId', e.proceeding_id, 'mechanism', p.mechanism,
    'compartment', CASE WHEN EXISTS (SELECT FROM casework.access a
        JOIN identity.principal s ON s.id = a.principal_id
        WHERE a.proceeding_id = e.proceeding_id AND a.compartment = e.compartment
          AND s.key = 'secretariat:' || p.mechanism)
      THEN 'desk:secretariat:' || p.mechanism ELSE e.compartment END,
    'event', b.body ->> 'what', 'deadline', b.body -> 'facts' ->> 'deadline',
    'side', NULL, 'channel', 'inbox')), '[]')
  FROM journal.pending w JOIN journal.entry e ON e.id = w.entry_id
  JOIN casework.proceeding p ON p.id = e.proceeding_id
  CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
  WHERE w.entry_id = entry AND NOT p.test AND e.compartment <> 'identity'
    AND NOT EXISTS (SELECT FROM identity.notice n WHERE n.entry_id = entry)
    AND b.body ->> 'what' <> 'notice-failed' $function$;
GRANT EXECUTE ON FUNCTION journal.untold(uuid) TO comity_worker;
CREATE SCHEMA record AUTHORIZATION comity_owner;
GRANT USAGE ON SCHEMA record TO comity_app;
GRANT USAGE ON SCHEMA record TO comity_public;
GRANT USAGE ON SCHEMA record TO comity_worker;

CREATE TABLE record.asker (
  question_id uuid NOT NULL,
  iso3 text NOT NULL,
  CONSTRAINT record_asker_fk FOREIGN KEY (question_id) REFERENCES record.question(id),
  CONSTRAINT record_asker_pk PRIMARY KEY (iso3, question_id)
);
GRANT INSERT, SELECT ON record.asker TO comity_app;
GRANT SELECT ON record.asker TO comity_public;
GRANT SELECT ON record.asker TO comity_worker;

CREATE TABLE record.assessment (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  recommendation_id uuid NOT NULL,
  side text,
  kind text NOT NULL,
  grade text NOT NULL,
  current boolean NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_assessment_pk PRIMARY KEY (id),
  CONSTRAINT record_assessment_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id),
  CONSTRAINT record_assessment_recommendation_fk FOREIGN KEY (recommendation_id) REFERENCES record.recommendation(id)
);
CREATE INDEX record_assessment_proceeding_ix ON record.assessment USING btree (proceeding_id, id);
CREATE INDEX record_assessment_recommendation_ix ON record.assessment USING btree (recommendation_id, id);
CREATE INDEX record_assessment_side_ix ON record.assessment USING btree (side, id);
GRANT INSERT, SELECT, UPDATE ON record.assessment TO comity_app;
GRANT SELECT ON record.assessment TO comity_public;
GRANT SELECT ON record.assessment TO comity_worker;

CREATE TABLE record.change (
  sequence bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  kind text NOT NULL,
  item_id uuid NOT NULL,
  CONSTRAINT change_kind_ck CHECK ((kind = ANY (ARRAY['proceeding'::text, 'document'::text, 'recommendation'::text, 'lot'::text, 'speaker'::text, 'question'::text, 'pledge'::text, 'assessment'::text]))),
  CONSTRAINT change_pk PRIMARY KEY (sequence),
  CONSTRAINT change_what_ck CHECK ((what = ANY (ARRAY['published'::text, 'updated'::text, 'withdrawn'::text])))
);
GRANT INSERT, SELECT ON record.change TO comity_app;
GRANT INSERT, SELECT ON record.change TO comity_worker;
GRANT SELECT ON record.change TO comity_public;

CREATE TABLE record.document (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  state text NOT NULL,
  session integer NOT NULL,
  kind text NOT NULL,
  symbol text,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_document_pk PRIMARY KEY (id),
  CONSTRAINT record_document_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id)
);
CREATE INDEX record_document_kind_ix ON record.document USING btree (kind, id);
CREATE INDEX record_document_proceeding_ix ON record.document USING btree (proceeding_id, id);
CREATE INDEX record_document_session_ix ON record.document USING btree (session, id);
CREATE INDEX record_document_state_ix ON record.document USING btree (state, id);
CREATE INDEX record_document_symbol_ix ON record.document USING btree (symbol);
GRANT INSERT, SELECT, UPDATE ON record.document TO comity_app;
GRANT INSERT, SELECT, UPDATE ON record.document TO comity_worker;
GRANT SELECT ON record.document TO comity_public;

CREATE TABLE record.feed (
  single boolean NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT feed_only_ck CHECK (single),
  CONSTRAINT feed_pk PRIMARY KEY (single)
);
GRANT INSERT, SELECT, UPDATE ON record.feed TO comity_app;
GRANT INSERT, SELECT, UPDATE ON record.feed TO comity_worker;
GRANT SELECT ON record.feed TO comity_public;

CREATE TABLE record.file (
  document_id uuid NOT NULL,
  version integer NOT NULL,
  language text NOT NULL,
  original boolean NOT NULL,
  file_key text,
  media_type text,
  bytes bigint,
  sha256 text,
  withdrawn_at timestamp with time zone,
  CONSTRAINT record_file_document_fk FOREIGN KEY (document_id) REFERENCES record.document(id),
  CONSTRAINT record_file_pk PRIMARY KEY (document_id, version, language),
  CONSTRAINT record_file_withdrawn_ck CHECK ((num_nonnulls(file_key, media_type, bytes, sha256) =
CASE
    WHEN (withdrawn_at IS NULL) THEN 4
    ELSE 0
END))
);
GRANT INSERT, SELECT ON record.file TO comity_app;
GRANT INSERT, SELECT ON record.file TO comity_worker;
GRANT SELECT ON record.file TO comity_public;

CREATE TABLE record.lot (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  session_id uuid NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_lot_pk PRIMARY KEY (id),
  CONSTRAINT record_lot_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id)
);
CREATE INDEX record_lot_session_ix ON record.lot USING btree (session_id, id);
GRANT INSERT, SELECT, UPDATE ON record.lot TO comity_app;
GRANT SELECT ON record.lot TO comity_public;
GRANT SELECT ON record.lot TO comity_worker;

CREATE TABLE record.pledge (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  state text NOT NULL,
  session integer NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_pledge_pk PRIMARY KEY (id),
  CONSTRAINT record_pledge_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id)
);
CREATE INDEX record_pledge_proceeding_ix ON record.pledge USING btree (proceeding_id, id);
CREATE INDEX record_pledge_session_ix ON record.pledge USING btree (session, id);
CREATE INDEX record_pledge_state_ix ON record.pledge USING btree (state, id);
GRANT INSERT, SELECT, UPDATE ON record.pledge TO comity_app;
GRANT INSERT, SELECT, UPDATE ON record.pledge TO comity_worker;
GRANT SELECT ON record.pledge TO comity_public;

CREATE TABLE record.proceeding (
  id uuid NOT NULL,
  mechanism text NOT NULL,
  state text NOT NULL,
  session integer NOT NULL,
  cycle integer NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_proceeding_pk PRIMARY KEY (id)
);
CREATE INDEX record_proceeding_session_ix ON record.proceeding USING btree (session, id);
CREATE INDEX record_proceeding_state_ix ON record.proceeding USING btree (state, id);
GRANT INSERT, SELECT, UPDATE ON record.proceeding TO comity_app;
GRANT INSERT, SELECT, UPDATE ON record.proceeding TO comity_worker;
GRANT SELECT ON record.proceeding TO comity_public;

CREATE TABLE record.question (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  state text NOT NULL,
  session integer NOT NULL,
  n integer NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_question_pk PRIMARY KEY (id),
  CONSTRAINT record_question_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id)
);
CREATE INDEX record_question_proceeding_ix ON record.question USING btree (proceeding_id, session, n, id);
CREATE INDEX record_question_session_ix ON record.question USING btree (session, n, id);
CREATE INDEX record_question_state_ix ON record.question USING btree (state, session, n, id);
GRANT INSERT, SELECT, UPDATE ON record.question TO comity_app;
GRANT SELECT ON record.question TO comity_public;
GRANT SELECT ON record.question TO comity_worker;

CREATE TABLE record.recommendation (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  state text NOT NULL,
  session integer NOT NULL,
  label text NOT NULL,
  label_order text COLLATE "C" NOT NULL,
  "position" text,
  body text NOT NULL,
  sequence bigint NOT NULL,
  repeat_of uuid[] NOT NULL,
  CONSTRAINT record_recommendation_pk PRIMARY KEY (id),
  CONSTRAINT record_recommendation_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id)
);
CREATE INDEX record_recommendation_position_ix ON record.recommendation USING btree ("position", session, label_order, id);
CREATE INDEX record_recommendation_proceeding_ix ON record.recommendation USING btree (proceeding_id, session, label_order, id);
CREATE INDEX record_recommendation_repeat_ix ON record.recommendation USING gin (repeat_of);
CREATE INDEX record_recommendation_session_ix ON record.recommendation USING btree (session, label_order, id);
CREATE INDEX record_recommendation_state_ix ON record.recommendation USING btree (state, session, label_order, id);
GRANT INSERT, SELECT, UPDATE ON record.recommendation TO comity_app;
GRANT INSERT, SELECT, UPDATE ON record.recommendation TO comity_worker;
GRANT SELECT ON record.recommendation TO comity_public;

CREATE TABLE record.recommender (
  recommendation_id uuid NOT NULL,
  iso3 text NOT NULL,
  CONSTRAINT record_recommender_fk FOREIGN KEY (recommendation_id) REFERENCES record.recommendation(id),
  CONSTRAINT record_recommender_pk PRIMARY KEY (iso3, recommendation_id)
);
GRANT INSERT, SELECT ON record.recommender TO comity_app;
GRANT INSERT, SELECT ON record.recommender TO comity_worker;
GRANT SELECT ON record.recommender TO comity_public;

CREATE TABLE record.root (
  day date NOT NULL,
  root text NOT NULL,
  tree text NOT NULL,
  previous text NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  CONSTRAINT root_pk PRIMARY KEY (day)
);
GRANT INSERT, SELECT ON record.root TO comity_worker;
GRANT SELECT ON record.root TO comity_app;
GRANT SELECT ON record.root TO comity_public;

CREATE TABLE record.speaker (
  id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  state text NOT NULL,
  session integer NOT NULL,
  list text NOT NULL,
  place_order integer NOT NULL,
  body text NOT NULL,
  sequence bigint NOT NULL,
  CONSTRAINT record_speaker_pk PRIMARY KEY (id),
  CONSTRAINT record_speaker_proceeding_fk FOREIGN KEY (proceeding_id) REFERENCES record.proceeding(id)
);
CREATE INDEX record_speaker_proceeding_ix ON record.speaker USING btree (proceeding_id, session, list, place_order, id);
CREATE INDEX record_speaker_session_ix ON record.speaker USING btree (session, list, place_order, id);
CREATE INDEX record_speaker_state_ix ON record.speaker USING btree (state, session, list, place_order, id);
GRANT INSERT, SELECT, UPDATE ON record.speaker TO comity_app;
GRANT INSERT, SELECT, UPDATE ON record.speaker TO comity_worker;
GRANT SELECT ON record.speaker TO comity_public;

CREATE TABLE record.text (
  document_id uuid NOT NULL,
  version integer NOT NULL,
  language text NOT NULL,
  piece integer NOT NULL,
  body text NOT NULL,
  words tsvector NOT NULL,
  CONSTRAINT record_text_document_fk FOREIGN KEY (document_id) REFERENCES record.document(id),
  CONSTRAINT record_text_pk PRIMARY KEY (document_id, version, language, piece)
);
CREATE INDEX record_text_words_ix ON record.text USING gin (words);
GRANT INSERT, SELECT ON record.text TO comity_app;
GRANT INSERT, SELECT ON record.text TO comity_worker;
GRANT SELECT ON record.text TO comity_public;

CREATE TABLE record.withdrawal (
  item_id uuid NOT NULL,
  part text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT record_withdrawal_pk PRIMARY KEY (item_id, part)
);
GRANT SELECT ON record.withdrawal TO comity_app;
GRANT SELECT ON record.withdrawal TO comity_public;
GRANT SELECT ON record.withdrawal TO comity_worker;

CREATE OR REPLACE FUNCTION record.next_sequence()
 RETURNS bigint
 LANGUAGE sql
 SET search_path TO ''
AS $function$ UPDATE record.feed SET sequence = sequence + 1 RETURNING sequence $function$;
GRANT EXECUTE ON FUNCTION record.next_sequence() TO comity_app;
GRANT EXECUTE ON FUNCTION record.next_sequence() TO comity_worker;

CREATE OR REPLACE FUNCTION record.withdraw(withdrawal uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
DECLARE w casework.withdrawal;
BEGIN
  SELECT * INTO w FROM casework.withdrawal x WHERE x.id = withdrawal
    AND identity.principals() = ARRAY[x.proceeding_id] AND (
      EXISTS (SELECT FROM casework.document i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.recommendation i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.lot i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.speaker i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.question i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.pledge i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.assessment i WHERE i.id = x.item_id
        AND i.public_id = x.public_id AND i.proceeding_id = x.proceeding_id)
      OR EXISTS (SELECT FROM casework.reservation i WHERE i.id = x.item_id
        AND i.id = x.public_id AND i.proceeding_id = x.proceeding_id));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no access' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO record.withdrawal SELECT w.public_id, p.part, w.at FROM unnest(w.parts) AS p(part)
    ON CONFLICT DO NOTHING;
  UPDATE record.file f SET withdrawn_at = w.at, file_key = NULL, media_type = NULL, bytes = NULL,
      sha256 = NULL
    WHERE f.document_id = w.public_id AND f.withdrawn_at IS NULL
      AND w.parts && ARRAY['files', 'files/' || f.version,
      'files/' || f.language, 'files/' || f.version || '/' || f.language];
  DELETE FROM record.text t WHERE t.document_id = w.public_id
    AND w.parts && ARRAY['files', 'files/' || t.version,
      'files/' || t.language, 'files/' || t.version || '/' || t.language];
  DELETE FROM record.recommender r WHERE r.recommendation_id = w.public_id
    AND 'author' = ANY (w.parts);
  DELETE FROM record.asker a WHERE a.question_id = w.public_id AND 'author' = ANY (w.parts);
END $function$;
GRANT EXECUTE ON FUNCTION record.withdraw(uuid) TO comity_app;
CREATE SCHEMA reference AUTHORIZATION comity_owner;
GRANT USAGE ON SCHEMA reference TO comity_app;
GRANT USAGE ON SCHEMA reference TO comity_public;
GRANT USAGE ON SCHEMA reference TO comity_worker;

CREATE TABLE reference.body (
  key text NOT NULL,
  title text NOT NULL,
  secretariats text[] NOT NULL,
  personal boolean NOT NULL,
  CONSTRAINT body_pk PRIMARY KEY (key)
);
GRANT SELECT ON reference.body TO comity_app;
GRANT SELECT ON reference.body TO comity_public;
GRANT SELECT ON reference.body TO comity_worker;

CREATE TABLE reference.body_member (
  id uuid NOT NULL,
  body_key text NOT NULL,
  name text NOT NULL,
  nationalities text[] NOT NULL,
  seat text NOT NULL,
  basis text NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  CONSTRAINT body_member_body_fk FOREIGN KEY (body_key) REFERENCES reference.body(key),
  CONSTRAINT body_member_nationalities_ck CHECK ((cardinality(nationalities) > 0)),
  CONSTRAINT body_member_pk PRIMARY KEY (id),
  CONSTRAINT body_member_seat_ck CHECK ((seat = ANY (ARRAY['member'::text, 'chair'::text]))),
  CONSTRAINT body_member_term_ck CHECK ((valid_until > valid_from))
);
CREATE INDEX body_member_page_ix ON reference.body_member USING btree (body_key, valid_from, id);
GRANT INSERT, SELECT ON reference.body_member TO comity_app;
GRANT SELECT ON reference.body_member TO comity_public;
GRANT SELECT ON reference.body_member TO comity_worker;

CREATE TABLE reference.body_member_end (
  member_id uuid NOT NULL,
  ended_on date NOT NULL,
  reason text NOT NULL,
  entered_at timestamp with time zone NOT NULL,
  CONSTRAINT body_member_end_member_fk FOREIGN KEY (member_id) REFERENCES reference.body_member(id),
  CONSTRAINT body_member_end_pk PRIMARY KEY (member_id)
);
GRANT INSERT, SELECT ON reference.body_member_end TO comity_app;
GRANT SELECT ON reference.body_member_end TO comity_public;
GRANT SELECT ON reference.body_member_end TO comity_worker;

CREATE TABLE reference.body_seat (
  id uuid NOT NULL,
  body_key text NOT NULL,
  iso3 text NOT NULL,
  valid_from date NOT NULL,
  valid_until date,
  source text,
  verified boolean NOT NULL,
  CONSTRAINT body_seat_body_fk FOREIGN KEY (body_key) REFERENCES reference.body(key),
  CONSTRAINT body_seat_pk PRIMARY KEY (id),
  CONSTRAINT body_seat_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT body_seat_uq UNIQUE (body_key, iso3, valid_from)
);
CREATE INDEX body_seat_state_ix ON reference.body_seat USING btree (iso3, body_key);
GRANT INSERT, SELECT, UPDATE ON reference.body_seat TO comity_app;
GRANT SELECT ON reference.body_seat TO comity_public;
GRANT SELECT ON reference.body_seat TO comity_worker;

CREATE TABLE reference.clock (
  single boolean NOT NULL,
  shift_ms bigint NOT NULL,
  was_set boolean NOT NULL,
  CONSTRAINT clock_only_ck CHECK (single),
  CONSTRAINT clock_pk PRIMARY KEY (single)
);
GRANT SELECT ON reference.clock TO comity_public;
GRANT SELECT ON reference.clock TO comity_worker;
GRANT SELECT, UPDATE ON reference.clock TO comity_app;

CREATE TABLE reference.cycle (
  id uuid NOT NULL,
  mechanism text NOT NULL,
  number integer NOT NULL,
  starts date NOT NULL,
  ends date,
  source text,
  verified boolean NOT NULL,
  CONSTRAINT cycle_number_uq UNIQUE (mechanism, number),
  CONSTRAINT cycle_pk PRIMARY KEY (id)
);
GRANT INSERT, SELECT, UPDATE ON reference.cycle TO comity_app;
GRANT SELECT ON reference.cycle TO comity_public;
GRANT SELECT ON reference.cycle TO comity_worker;

CREATE TABLE reference.mechanism (
  key text NOT NULL,
  version integer NOT NULL,
  digest text NOT NULL,
  draft boolean NOT NULL,
  CONSTRAINT mechanism_pk PRIMARY KEY (key, version)
);
GRANT SELECT ON reference.mechanism TO comity_app;
GRANT SELECT ON reference.mechanism TO comity_public;
GRANT SELECT ON reference.mechanism TO comity_worker;

CREATE TABLE reference.opt_out (
  id uuid NOT NULL,
  treaty_key text NOT NULL,
  iso3 text NOT NULL,
  procedure text NOT NULL,
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  source text,
  CONSTRAINT opt_out_order_ck CHECK ((valid_from < valid_until)),
  CONSTRAINT opt_out_pk PRIMARY KEY (id),
  CONSTRAINT opt_out_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT opt_out_treaty_fk FOREIGN KEY (treaty_key) REFERENCES reference.treaty(key),
  CONSTRAINT opt_out_uq UNIQUE (treaty_key, iso3, procedure, valid_from)
);
CREATE INDEX opt_out_state_ix ON reference.opt_out USING btree (iso3, treaty_key);
GRANT INSERT, SELECT ON reference.opt_out TO comity_app;
GRANT SELECT ON reference.opt_out TO comity_public;
GRANT SELECT ON reference.opt_out TO comity_worker;
GRANT UPDATE ON reference.opt_out (source) TO comity_app;
GRANT UPDATE ON reference.opt_out (valid_from) TO comity_app;
GRANT UPDATE ON reference.opt_out (valid_until) TO comity_app;

CREATE TABLE reference.party (
  id uuid NOT NULL,
  treaty_key text NOT NULL,
  iso3 text NOT NULL,
  in_force_from date NOT NULL,
  in_force_until date,
  source text,
  CONSTRAINT party_order_ck CHECK ((in_force_from < in_force_until)),
  CONSTRAINT party_pk PRIMARY KEY (id),
  CONSTRAINT party_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT party_treaty_fk FOREIGN KEY (treaty_key) REFERENCES reference.treaty(key),
  CONSTRAINT party_uq UNIQUE (treaty_key, iso3, in_force_from)
);
CREATE INDEX party_state_ix ON reference.party USING btree (iso3, treaty_key);
GRANT INSERT, SELECT ON reference.party TO comity_app;
GRANT SELECT ON reference.party TO comity_public;
GRANT SELECT ON reference.party TO comity_worker;
GRANT UPDATE ON reference.party (in_force_from) TO comity_app;
GRANT UPDATE ON reference.party (in_force_until) TO comity_app;
GRANT UPDATE ON reference.party (source) TO comity_app;

CREATE TABLE reference.party_change (
  id uuid NOT NULL,
  party_id uuid,
  opt_out_id uuid,
  at timestamp with time zone NOT NULL,
  by_side text NOT NULL,
  was jsonb,
  is_now jsonb NOT NULL,
  CONSTRAINT party_change_one_ck CHECK ((num_nonnulls(party_id, opt_out_id) = 1)),
  CONSTRAINT party_change_opt_out_fk FOREIGN KEY (opt_out_id) REFERENCES reference.opt_out(id),
  CONSTRAINT party_change_party_fk FOREIGN KEY (party_id) REFERENCES reference.party(id),
  CONSTRAINT party_change_pk PRIMARY KEY (id)
);
CREATE INDEX party_change_opt_out_ix ON reference.party_change USING btree (opt_out_id, at, id);
CREATE INDEX party_change_party_ix ON reference.party_change USING btree (party_id, at, id);
GRANT INSERT, SELECT ON reference.party_change TO comity_app;
GRANT SELECT ON reference.party_change TO comity_public;
GRANT SELECT ON reference.party_change TO comity_worker;

CREATE TABLE reference.session (
  id uuid NOT NULL,
  cycle_id uuid NOT NULL,
  mechanism text NOT NULL,
  number integer NOT NULL,
  title text NOT NULL,
  starts date NOT NULL,
  ends date NOT NULL,
  dates jsonb NOT NULL,
  hours jsonb NOT NULL,
  version integer NOT NULL,
  CONSTRAINT session_cycle_fk FOREIGN KEY (cycle_id) REFERENCES reference.cycle(id),
  CONSTRAINT session_number_uq UNIQUE (mechanism, number),
  CONSTRAINT session_order_ck CHECK ((starts <= ends)),
  CONSTRAINT session_pk PRIMARY KEY (id)
);
CREATE INDEX session_cycle_ix ON reference.session USING btree (cycle_id);
CREATE INDEX session_starts_ix ON reference.session USING btree (starts, id);
GRANT INSERT, SELECT, UPDATE ON reference.session TO comity_app;
GRANT SELECT ON reference.session TO comity_public;
GRANT SELECT ON reference.session TO comity_worker;

CREATE TABLE reference.session_change (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  by_role text NOT NULL,
  reason text NOT NULL,
  was jsonb NOT NULL,
  is_now jsonb NOT NULL,
  CONSTRAINT session_change_pk PRIMARY KEY (id),
  CONSTRAINT session_change_session_fk FOREIGN KEY (session_id) REFERENCES reference.session(id)
);
CREATE INDEX session_change_session_ix ON reference.session_change USING btree (session_id, at, id);
GRANT INSERT, SELECT ON reference.session_change TO comity_app;
GRANT SELECT ON reference.session_change TO comity_public;
GRANT SELECT ON reference.session_change TO comity_worker;

CREATE TABLE reference.signing_key (
  id text NOT NULL,
  public_key text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone,
  revoked_at timestamp with time zone,
  CONSTRAINT signing_key_pk PRIMARY KEY (id),
  CONSTRAINT signing_key_revoked_ck CHECK (((revoked_at IS NULL) OR (valid_until IS NOT NULL)))
);
CREATE UNIQUE INDEX signing_key_current_uq ON reference.signing_key USING btree (((valid_until IS NULL))) WHERE (valid_until IS NULL);
GRANT SELECT ON reference.signing_key TO comity_app;
GRANT SELECT ON reference.signing_key TO comity_public;
GRANT SELECT ON reference.signing_key TO comity_worker;

CREATE TABLE reference.slot (
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  iso3 text NOT NULL,
  starts timestamp with time zone NOT NULL,
  ends timestamp with time zone NOT NULL,
  outcome_starts timestamp with time zone,
  version integer NOT NULL,
  CONSTRAINT slot_order_ck CHECK (((starts < ends) AND ((outcome_starts IS NULL) OR (ends < outcome_starts)))),
  CONSTRAINT slot_pk PRIMARY KEY (id),
  CONSTRAINT slot_session_fk FOREIGN KEY (session_id) REFERENCES reference.session(id),
  CONSTRAINT slot_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT slot_state_uq UNIQUE (session_id, iso3)
);
CREATE INDEX slot_starts_ix ON reference.slot USING btree (session_id, starts, id);
GRANT INSERT, SELECT, UPDATE ON reference.slot TO comity_app;
GRANT SELECT ON reference.slot TO comity_public;
GRANT SELECT ON reference.slot TO comity_worker;

CREATE TABLE reference.slot_change (
  id uuid NOT NULL,
  slot_id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  by_role text NOT NULL,
  reason text NOT NULL,
  was jsonb NOT NULL,
  is_now jsonb NOT NULL,
  CONSTRAINT slot_change_pk PRIMARY KEY (id),
  CONSTRAINT slot_change_slot_fk FOREIGN KEY (slot_id) REFERENCES reference.slot(id)
);
CREATE INDEX slot_change_slot_ix ON reference.slot_change USING btree (slot_id, at, id);
GRANT INSERT, SELECT ON reference.slot_change TO comity_app;
GRANT SELECT ON reference.slot_change TO comity_public;
GRANT SELECT ON reference.slot_change TO comity_worker;

CREATE TABLE reference.state (
  iso3 text NOT NULL,
  m49 text,
  kind text NOT NULL,
  CONSTRAINT state_kind_ck CHECK ((kind = ANY (ARRAY['member'::text, 'observer'::text, 'organization'::text]))),
  CONSTRAINT state_m49_ck CHECK (((m49 IS NOT NULL) OR (kind = 'organization'::text))),
  CONSTRAINT state_m49_uq UNIQUE (m49),
  CONSTRAINT state_pk PRIMARY KEY (iso3)
);
GRANT SELECT ON reference.state TO comity_app;
GRANT SELECT ON reference.state TO comity_public;
GRANT SELECT ON reference.state TO comity_worker;

CREATE TABLE reference.state_group (
  iso3 text NOT NULL,
  regional_group text NOT NULL,
  valid_from date,
  valid_until date,
  verified boolean NOT NULL,
  note text,
  CONSTRAINT state_group_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT state_group_uq UNIQUE NULLS NOT DISTINCT (iso3, regional_group, valid_from)
);
GRANT SELECT ON reference.state_group TO comity_app;
GRANT SELECT ON reference.state_group TO comity_public;
GRANT SELECT ON reference.state_group TO comity_worker;

CREATE TABLE reference.state_name (
  id uuid NOT NULL,
  iso3 text NOT NULL,
  language text NOT NULL,
  form text NOT NULL,
  name text NOT NULL,
  valid_from date,
  valid_until date,
  verified boolean NOT NULL,
  CONSTRAINT state_name_form_ck CHECK ((form = ANY (ARRAY['short'::text, 'formal'::text, 'former'::text, 'other'::text]))),
  CONSTRAINT state_name_pk PRIMARY KEY (id),
  CONSTRAINT state_name_state_fk FOREIGN KEY (iso3) REFERENCES reference.state(iso3),
  CONSTRAINT state_name_uq UNIQUE NULLS NOT DISTINCT (iso3, language, form, name, valid_from)
);
GRANT SELECT ON reference.state_name TO comity_app;
GRANT SELECT ON reference.state_name TO comity_public;
GRANT SELECT ON reference.state_name TO comity_worker;

CREATE TABLE reference.treaty (
  key text NOT NULL,
  title text NOT NULL,
  depositary text,
  in_force_from date,
  opt_outs jsonb NOT NULL,
  CONSTRAINT treaty_pk PRIMARY KEY (key)
);
GRANT SELECT ON reference.treaty TO comity_app;
GRANT SELECT ON reference.treaty TO comity_public;
GRANT SELECT ON reference.treaty TO comity_worker;
