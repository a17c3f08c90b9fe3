//! `tonari invite`: the link that makes somebody a member of the desk, or lets one in again who lost all her passkeys.

use std::net::SocketAddr;

use anyhow::{Context, bail};
use domain::booking::contact::Mail;
use domain::staff::Role;

use super::hands::{self, Var};
use crate::config::{Mailing, PublicUrl};
use crate::mail::{Origin, invitation};
use crate::service::staff::colleagues::{Actor, Wanted};
use crate::service::staff::passkeys::home;
use crate::store::staff::Member;

/// Prints the link, which is good for seven days and once, and is nowhere afterwards.
#[derive(clap::Args)]
pub struct Args {
    /// Whose team; none for the federation's people.
    #[arg(long)]
    association: Option<String>,
    /// member, lead or federation.
    #[arg(long, value_parser = role, required_unless_present = "member")]
    role: Option<Role>,
    /// Sends the link there, too.
    #[arg(long)]
    email: Option<String>,
    /// The number of somebody who lost all her passkeys: she stays who she was, and her old ones and her sessions end.
    #[arg(long, conflicts_with_all = ["association", "role"])]
    member: Option<i64>,
    /// Where people reach the server.
    #[arg(long, env = "TONARI_PUBLIC_URL")]
    public_url: Option<PublicUrl>,
    /// Where the server listens, for a link without TONARI_PUBLIC_URL.
    #[arg(long, env = "TONARI_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// As given to the server.
    #[arg(long, env = "TONARI_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// As given to the server.
    #[arg(long, env = "TONARI_MAIL_FROM")]
    mail_from: Option<String>,
    #[command(flatten)]
    var: Var,
}

pub fn role(code: &str) -> Result<Role, &'static str> {
    Role::parse(code).ok_or("it has to be member, lead or federation")
}

/// # Errors
/// The first thing that is wrong, as one line.
pub fn run(args: Args) -> anyhow::Result<()> {
    let association = args.association.as_deref().map(hands::association).transpose()?;
    let to = args.email.as_deref().map(Mail::parse).transpose();
    let to = to.map_err(|_| anyhow::anyhow!("--email has to be a mail address"))?;
    let Some(home) = home(args.public_url.as_ref(), args.listen) else {
        bail!("TONARI_PUBLIC_URL has to be https and a name: browsers have no passkeys for anything else");
    };
    let mailing = Mailing::of(args.smtp_url, args.mail_from)?;
    let wanted = match (args.member, args.role) {
        (Some(id), _) => Wanted::Again(id),
        (None, role) => Wanted::New { role: role.context("--role is missing")?, association },
    };
    let (desk, runtime) = args.var.desk()?;
    let who = hands::who();
    runtime.block_on(async {
        let (code, until) = desk.invite(Actor::Hands(&who), wanted).await?;
        let link = invitation::link(&home, &code);
        println!("{link}");
        println!("good once, until {}", hands::clock(until));
        if let Some(to) = to {
            let origin = Origin::new(args.public_url.as_ref(), args.listen, mailing.from.as_ref());
            let post = mailing.post(&origin.host, args.var.folder())?;
            if !invitation::send(&post, &origin, &to, &link, until, desk.now()).await {
                bail!("the mail could not be handed over; the link above is good all the same");
            }
            println!("mailed");
        }
        Ok(())
    })
}

/// One in a line.
pub fn line(member: &Member) -> String {
    let association = member.association.as_ref().map_or("-", |id| id.as_str());
    let disabled = if member.disabled { " disabled" } else { "" };
    format!("{} {association} {} {}{disabled}", member.id, member.role.code(), member.name)
}
