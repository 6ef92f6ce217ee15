-- Row-level security: the second wall behind core/permissions.ts. Every table is forced, so that its owner is bound too;
-- without the settings app.org, app.uid and app.role nothing is seen and nothing is written.
--
-- app.role is 'customer', 'agent', 'supervisor', 'admin', or 'system': the server acting for nobody within one
-- organisation (signing in, opening, joining an identity). Whatever the role, the restrictive wall keeps to one app.org.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;--> statement-breakpoint
GRANT USAGE ON SCHEMA roomdesk TO roomdesk_app, roomdesk_log, roomdesk_job;--> statement-breakpoint
DO $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'roomdesk'::regnamespace AND c.relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE roomdesk.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
    -- With FORCE the owner's functions need a policy of their own: without it they silently write nothing.
    EXECUTE format('CREATE POLICY of_functions ON roomdesk.%I TO roomdesk_owner USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOR t IN SELECT c.table_name FROM information_schema.columns c WHERE c.table_schema = 'roomdesk' AND c.column_name = 'org_id'
  LOOP
    EXECUTE format($p$CREATE POLICY org_wall ON roomdesk.%I AS RESTRICTIVE TO roomdesk_app, roomdesk_log, roomdesk_job
      USING (org_id = (SELECT nullif(current_setting('app.org', true), '')::uuid))$p$, t);
  END LOOP;
END
$$;--> statement-breakpoint
CREATE POLICY org_wall ON roomdesk.organisations AS RESTRICTIVE TO roomdesk_app, roomdesk_log, roomdesk_job
  USING (id = (SELECT nullif(current_setting('app.org', true), '')::uuid));--> statement-breakpoint

-- Organisations and inboxes
GRANT SELECT, INSERT ON roomdesk.organisations TO roomdesk_app;--> statement-breakpoint
GRANT UPDATE (name) ON roomdesk.organisations TO roomdesk_app;--> statement-breakpoint
CREATE POLICY everybody_reads ON roomdesk.organisations FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('customer', 'agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY system_founds ON roomdesk.organisations FOR INSERT TO roomdesk_app
  WITH CHECK ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint
CREATE POLICY admin_renames ON roomdesk.organisations FOR UPDATE TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'admin');--> statement-breakpoint

GRANT SELECT, INSERT ON roomdesk.inboxes TO roomdesk_app;--> statement-breakpoint
-- Not feed_head: only the functions that change a conversation raise it.
GRANT UPDATE (name, origins, identity_secret) ON roomdesk.inboxes TO roomdesk_app;--> statement-breakpoint
CREATE POLICY staff_reads ON roomdesk.inboxes FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_adds ON roomdesk.inboxes FOR INSERT TO roomdesk_app
  WITH CHECK ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_changes ON roomdesk.inboxes FOR UPDATE TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE ON roomdesk.widget_settings TO roomdesk_app;--> statement-breakpoint
CREATE POLICY everybody_reads ON roomdesk.widget_settings FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('customer', 'agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_adds ON roomdesk.widget_settings FOR INSERT TO roomdesk_app
  WITH CHECK ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_changes ON roomdesk.widget_settings FOR UPDATE TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint

-- People
GRANT SELECT, INSERT, UPDATE ON roomdesk.users TO roomdesk_app;--> statement-breakpoint
CREATE POLICY staff_reads ON roomdesk.users FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_adds ON roomdesk.users FOR INSERT TO roomdesk_app
  WITH CHECK ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_changes ON roomdesk.users FOR UPDATE TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE ON roomdesk.customers TO roomdesk_app;--> statement-breakpoint
CREATE POLICY customer_reads_own ON roomdesk.customers FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'customer'
     AND id = (SELECT nullif(current_setting('app.uid', true), '')::uuid));--> statement-breakpoint
CREATE POLICY staff_reads ON roomdesk.customers FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY system_adds ON roomdesk.customers FOR INSERT TO roomdesk_app
  WITH CHECK ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint
CREATE POLICY system_changes ON roomdesk.customers FOR UPDATE TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE ON roomdesk.customer_identities TO roomdesk_app;--> statement-breakpoint
CREATE POLICY staff_reads ON roomdesk.customer_identities FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY system_adds ON roomdesk.customer_identities FOR INSERT TO roomdesk_app
  WITH CHECK ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint
CREATE POLICY system_changes ON roomdesk.customer_identities FOR UPDATE TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE ON roomdesk.sessions TO roomdesk_app;--> statement-breakpoint
CREATE POLICY own_sessions ON roomdesk.sessions FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('customer', 'agent', 'supervisor', 'admin')
     AND coalesce(user_id, customer_id) = (SELECT nullif(current_setting('app.uid', true), '')::uuid));--> statement-breakpoint
CREATE POLICY system_sessions ON roomdesk.sessions TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'system')
  WITH CHECK ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint

GRANT SELECT, INSERT, UPDATE ON roomdesk.used_tokens TO roomdesk_app;--> statement-breakpoint
CREATE POLICY system_tokens ON roomdesk.used_tokens TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'system')
  WITH CHECK ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint

-- Keys are wrapped; even so only the server itself reads them, never on behalf of somebody.
GRANT SELECT, INSERT ON roomdesk.keys TO roomdesk_app;--> statement-breakpoint
GRANT UPDATE (parent_id, kek, wrapped) ON roomdesk.keys TO roomdesk_app;--> statement-breakpoint
CREATE POLICY system_keys ON roomdesk.keys TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'system')
  WITH CHECK ((SELECT current_setting('app.role', true)) = 'system');--> statement-breakpoint

-- Conversations: read through the policies, written by functions only.
GRANT SELECT ON roomdesk.chat_sessions, roomdesk.chat_members, roomdesk.chat_events, roomdesk.chat_messages,
  roomdesk.chat_reads TO roomdesk_app;--> statement-breakpoint
CREATE POLICY session_customer ON roomdesk.chat_sessions FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) = 'customer'
     AND customer_id = (SELECT nullif(current_setting('app.uid', true), '')::uuid));--> statement-breakpoint
CREATE POLICY session_staff ON roomdesk.chat_sessions FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system'));--> statement-breakpoint
CREATE POLICY event_read ON roomdesk.chat_events FOR SELECT TO roomdesk_app
  USING (EXISTS (SELECT 1 FROM roomdesk.chat_sessions s WHERE s.id = conversation_id)
     AND (visibility = 'public'
       OR (SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system')));--> statement-breakpoint
CREATE POLICY message_read ON roomdesk.chat_messages FOR SELECT TO roomdesk_app
  USING (EXISTS (SELECT 1 FROM roomdesk.chat_sessions s WHERE s.id = conversation_id)
     AND (visibility = 'public'
       OR (SELECT current_setting('app.role', true)) IN ('agent', 'supervisor', 'admin', 'system')));--> statement-breakpoint
CREATE POLICY member_read ON roomdesk.chat_members FOR SELECT TO roomdesk_app
  USING (EXISTS (SELECT 1 FROM roomdesk.chat_sessions s WHERE s.id = conversation_id));--> statement-breakpoint
CREATE POLICY read_read ON roomdesk.chat_reads FOR SELECT TO roomdesk_app
  USING (EXISTS (SELECT 1 FROM roomdesk.chat_sessions s WHERE s.id = conversation_id));--> statement-breakpoint

-- The audit log
GRANT SELECT ON roomdesk.audit_log, roomdesk.audit_head TO roomdesk_app;--> statement-breakpoint
CREATE POLICY admin_reads ON roomdesk.audit_log FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));--> statement-breakpoint
CREATE POLICY admin_reads ON roomdesk.audit_head FOR SELECT TO roomdesk_app
  USING ((SELECT current_setting('app.role', true)) IN ('admin', 'system'));
