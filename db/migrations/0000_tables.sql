CREATE SCHEMA IF NOT EXISTS "roomdesk";
--> statement-breakpoint
CREATE TABLE "roomdesk"."audit_head" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"n" bigint NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."audit_log" (
	"org_id" uuid NOT NULL,
	"n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"action" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text,
	"outcome" text NOT NULL,
	"request_id" text NOT NULL,
	"detail" jsonb NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_log_org_id_n_pk" PRIMARY KEY("org_id","n")
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."master_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"check_value" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."nodes" (
	"id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."setup_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."chat_events" (
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"visibility" text NOT NULL,
	"author_side" text NOT NULL,
	"author_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	"message_id" uuid,
	"version" integer,
	"sealed" "bytea",
	CONSTRAINT "chat_events_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq"),
	CONSTRAINT "chat_events_seq" CHECK ("roomdesk"."chat_events"."seq" > 0),
	CONSTRAINT "chat_events_visibility" CHECK ("roomdesk"."chat_events"."visibility" in ('public', 'internal')),
	CONSTRAINT "chat_events_side" CHECK ("roomdesk"."chat_events"."author_side" in ('customer', 'staff', 'system'))
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."chat_members" (
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"joined" boolean NOT NULL,
	"name" "bytea",
	"name_event" uuid NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "chat_members_conversation_id_user_id_pk" PRIMARY KEY("conversation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."chat_messages" (
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"visibility" text NOT NULL,
	"author_side" text NOT NULL,
	"author_id" uuid NOT NULL,
	"sealed" "bytea",
	"sealed_event" uuid NOT NULL,
	"version" integer NOT NULL,
	"edited_at" bigint,
	"deleted_at" bigint,
	"deleted_by_side" text,
	"deleted_by" uuid,
	"customer_ordinal" integer NOT NULL,
	"staff_ordinal" integer NOT NULL,
	CONSTRAINT "chat_messages_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."chat_reads" (
	"conversation_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"side" text NOT NULL,
	"seq" integer NOT NULL,
	"customer_ordinal" integer NOT NULL,
	"staff_ordinal" integer NOT NULL,
	CONSTRAINT "chat_reads_conversation_id_person_id_pk" PRIMARY KEY("conversation_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."chat_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"customer_author" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"dek_id" uuid NOT NULL,
	"status" text NOT NULL,
	"last_seq" integer NOT NULL,
	"public_seq" integer NOT NULL,
	"opened_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"owner_node" text,
	"page" "bytea",
	"customer_messages" integer DEFAULT 0 NOT NULL,
	"staff_messages" integer DEFAULT 0 NOT NULL,
	"last_message_seq" integer,
	"waiting_since" bigint,
	"changed" bigint NOT NULL,
	CONSTRAINT "chat_sessions_status" CHECK ("roomdesk"."chat_sessions"."status" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."inboxes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"public_key" text NOT NULL,
	"origins" text[] DEFAULT '{}' NOT NULL,
	"identity_secret" "bytea",
	"feed_head" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inboxes_public_key_unique" UNIQUE("public_key")
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."widget_settings" (
	"inbox_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"accent" text,
	"greeting" text,
	"theme" text DEFAULT 'auto' NOT NULL,
	"side" text DEFAULT 'right' NOT NULL,
	CONSTRAINT "widget_settings_theme" CHECK ("roomdesk"."widget_settings"."theme" in ('auto', 'light', 'dark')),
	CONSTRAINT "widget_settings_side" CHECK ("roomdesk"."widget_settings"."side" in ('left', 'right'))
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"parent_id" uuid,
	"kek" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "keys_kind" CHECK ("roomdesk"."keys"."kind" in ('organisation', 'customer', 'conversation')),
	CONSTRAINT "keys_chain" CHECK (("roomdesk"."keys"."kind" = 'conversation') = ("roomdesk"."keys"."parent_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"key_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."customer_identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"external_id" "bytea" NOT NULL,
	"external_index" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"name" "bytea" NOT NULL,
	"email" "bytea",
	"email_index" "bytea",
	"verified" boolean DEFAULT false NOT NULL,
	"device" "bytea",
	"language" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"moved_to" uuid
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"user_id" uuid,
	"customer_id" uuid,
	"inbox_id" uuid,
	"device_id" uuid,
	"device" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "sessions_of_one_person" CHECK (("roomdesk"."sessions"."user_id" is not null and "roomdesk"."sessions"."customer_id" is null and "roomdesk"."sessions"."device_id" is null)
       or ("roomdesk"."sessions"."user_id" is null and "roomdesk"."sessions"."customer_id" is not null and "roomdesk"."sessions"."device_id" is not null and "roomdesk"."sessions"."inbox_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."used_tokens" (
	"org_id" uuid NOT NULL,
	"id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_tokens_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "roomdesk"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"role" text NOT NULL,
	"name" "bytea" NOT NULL,
	"email" "bytea" NOT NULL,
	"email_index" "bytea" NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "users_role" CHECK ("roomdesk"."users"."role" in ('agent', 'supervisor', 'admin'))
);
--> statement-breakpoint
ALTER TABLE "roomdesk"."chat_sessions" ADD CONSTRAINT "chat_sessions_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "roomdesk"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."chat_sessions" ADD CONSTRAINT "chat_sessions_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "roomdesk"."inboxes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."chat_sessions" ADD CONSTRAINT "chat_sessions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "roomdesk"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."chat_sessions" ADD CONSTRAINT "chat_sessions_dek_id_keys_id_fk" FOREIGN KEY ("dek_id") REFERENCES "roomdesk"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."inboxes" ADD CONSTRAINT "inboxes_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "roomdesk"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."widget_settings" ADD CONSTRAINT "widget_settings_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "roomdesk"."inboxes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."keys" ADD CONSTRAINT "keys_parent" FOREIGN KEY ("parent_id") REFERENCES "roomdesk"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."organisations" ADD CONSTRAINT "organisations_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "roomdesk"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."customer_identities" ADD CONSTRAINT "customer_identities_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "roomdesk"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."customers" ADD CONSTRAINT "customers_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "roomdesk"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."customers" ADD CONSTRAINT "customers_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "roomdesk"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "roomdesk"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."sessions" ADD CONSTRAINT "sessions_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "roomdesk"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."sessions" ADD CONSTRAINT "sessions_inbox_id_inboxes_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "roomdesk"."inboxes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roomdesk"."users" ADD CONSTRAINT "users_org_id_organisations_id_fk" FOREIGN KEY ("org_id") REFERENCES "roomdesk"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_by_time" ON "roomdesk"."audit_log" USING btree ("org_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_events_by_key" ON "roomdesk"."chat_events" USING btree ("conversation_id","author_id","client_id");--> statement-breakpoint
CREATE INDEX "chat_members_by_user" ON "roomdesk"."chat_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_messages_by_id" ON "roomdesk"."chat_messages" USING btree ("id");--> statement-breakpoint
CREATE INDEX "chat_reads_by_person" ON "roomdesk"."chat_reads" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "chat_sessions_by_customer" ON "roomdesk"."chat_sessions" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "chat_sessions_by_change" ON "roomdesk"."chat_sessions" USING btree ("inbox_id","changed");--> statement-breakpoint
CREATE INDEX "chat_sessions_open" ON "roomdesk"."chat_sessions" USING btree ("inbox_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "inboxes_by_org" ON "roomdesk"."inboxes" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "keys_by_subject" ON "roomdesk"."keys" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_identities_by_external" ON "roomdesk"."customer_identities" USING btree ("org_id","external_index");--> statement-breakpoint
CREATE INDEX "customer_identities_by_customer" ON "roomdesk"."customer_identities" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "customers_by_email" ON "roomdesk"."customers" USING btree ("org_id","email_index");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "roomdesk"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_by_customer" ON "roomdesk"."sessions" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "used_tokens_by_expiry" ON "roomdesk"."used_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_by_email" ON "roomdesk"."users" USING btree ("email_index");--> statement-breakpoint
CREATE INDEX "users_by_org" ON "roomdesk"."users" USING btree ("org_id");--> statement-breakpoint
-- Rows that every message rewrites: room on the page keeps them from wandering.
ALTER TABLE "roomdesk"."chat_sessions" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "roomdesk"."inboxes" SET (fillfactor = 50);--> statement-breakpoint
-- Sealed bytes do not compress; do not spend time on trying.
ALTER TABLE "roomdesk"."chat_events" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "roomdesk"."chat_messages" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;
