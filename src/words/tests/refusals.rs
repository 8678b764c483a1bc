//! Each refusal, word for word.

use super::interviews::{left_out, plan};
use super::*;
use crate::plans::Missing;
use crate::practice::input::{Subject, Wanted};
use crate::practice::own::OwnRefusal;
use crate::practice::refusal::Refusal;

fn all() -> Vec<Refusal> {
    let channel = ChannelId(5);
    let next = Some("2026-11-24T08:00:00Z".parse().expect("a moment"));
    vec![
        Refusal::UnknownTopic {
            asked: "datbases".to_owned(),
            nearest: Some("databases".to_owned()),
        },
        Refusal::UnknownTopic { asked: "`@everyone`\n||**".to_owned(), nearest: None },
        Refusal::NothingFound {
            asked: "datbases".to_owned(),
            nearest: Some("databases".to_owned()),
        },
        Refusal::NothingFound { asked: "gardening".to_owned(), nearest: None },
        Refusal::NoQuestionFound { asked: "gardening".to_owned() },
        Refusal::BadOption {
            option: "at".to_owned(),
            given: "25:00".to_owned(),
            expected: "a time of day, such as 09:00".to_owned(),
        },
        Refusal::BadOption {
            option: "topic".to_owned(),
            given: String::new(),
            expected: "the name of a topic, or any".to_owned(),
        },
        Refusal::Unknown { name: "/quizz".to_owned() },
        Refusal::NothingFits(Wanted {
            subject: Subject::Topic(Topic::new("databases")),
            level: Some(Level::Hard),
            kind: Some(Kind::Design),
        }),
        Refusal::NothingFits(Wanted {
            subject: Subject::Words { asked: "dead`lock".to_owned(), found: [].into() },
            level: Some(Level::Easy),
            kind: None,
        }),
        Refusal::NothingFits(Wanted::default()),
        Refusal::PostGone,
        Refusal::OnlyInChannels,
        Refusal::NoDaily(channel),
        Refusal::DailyNeedsTime,
        Refusal::ManagedInConfig(channel),
        Refusal::DailyDone(channel),
        Refusal::SkippedAlready { channel, next },
        Refusal::SkippedAlready { channel, next: None },
        Refusal::UnknownPlan { asked: "mid".to_owned(), nearest: Some("mid-backend".to_owned()) },
        Refusal::UnknownPlan { asked: "x`y".to_owned(), nearest: None },
        Refusal::PlanLeftOut(left_out(&plan(), Missing::Questions)),
        Refusal::PlanLeftOut(left_out(&plan(), Missing::Topic(Topic::new("gardening")))),
        Refusal::PlanNeedsTwo,
        Refusal::SamePersonTwice(MemberId(2)),
        Refusal::HasInterview { member: MemberId(1), thread: Some(ChannelId(7)) },
        Refusal::HasInterview { member: MemberId(2), thread: None },
        Refusal::TooManyInterviews(10),
        Refusal::NothingFitsSection("Depth".to_owned()),
        Refusal::NoInterviewHere,
        Refusal::InterviewGone,
        Refusal::OnlyInterviewers,
        Refusal::OnlyCandidate(MemberId(1)),
        Refusal::OnlyParticipants,
        Refusal::NotAnyMore,
        Refusal::NotNow,
        Refusal::NoInterviewerHere,
        Refusal::CannotSwap,
        Refusal::CardIncomplete(vec!["Communication".to_owned(), "Trade-offs".to_owned()]),
        Refusal::CardSealed,
        Refusal::CannotSave,
        Refusal::NotSavedYet,
        Refusal::Busy,
        Refusal::TooFast { wait: std::time::Duration::from_millis(2_001) },
        Refusal::TooFast { wait: std::time::Duration::ZERO },
    ]
}

#[test]
fn every_refusal_says_what_and_the_way_out() {
    let texts: Vec<String> = all()
        .into_iter()
        .map(|refusal| said(&View::Refusal(refusal)).replace("(embed)\n  ", "- "))
        .collect();
    insta::assert_snapshot!(texts.join("\n"), @"
    - No topic is called `datbases`. Did you mean `databases`?
    - No topic is called `'@everyone' ||**`. `/topics` lists them, and `any` takes any of them.
    - No topic is called `datbases`, and no question has these words. Did you mean `databases`?
    - No topic is called `gardening`, and no question has these words. `/topics` lists the topics, and `any` takes any of them.
    - No question has the words `gardening`. Fewer words find more; `/topics` lists the topics.
    - `25:00` does not fit the option `at`. It should be a time of day, such as 09:00.
    - The option `topic` is empty. It should be the name of a topic, or any.
    - I do not know `/quizz`; it may come from another version of me. `/help` lists what I can do.
    - No question has topic `databases`, level `hard` and kind `design`. Leave out an option, or choose `topic:any`.
    - No question has the words `dead'lock` and level `easy`. Leave out an option, or choose `topic:any`.
    - There are no questions yet. Whoever runs the bot can add some to its bank.
    - I do not know this question any more. `/question` looks for it by its words, and `/quiz` brings another one.
    - This works only in a channel of a server, not in a thread or a private chat. Please run it there.
    - <#5> has no question of the day. `/daily set at:09:00` gives it one.
    - A new question of the day needs a time: `/daily set at:09:00`.
    - The question of the day of <#5> is managed in the config file of the bot, under `daily:`. Whoever runs the bot can change it there.
    - Today's question of the day of <#5> was posted or tried already. `/daily status` says how it went, and `/quiz` brings another question.
    - The next question of the day of <#5> is left out already. The one after it comes <t:1795507200:F>. `/daily resume` takes that back.
    - The next question of the day of <#5> is left out already. `/daily resume` takes that back.
    - No plan is called `mid`. Did you mean `mid-backend`?
    - No plan is called `x'y`. `/mock plans` lists them.
    - **Mid-level backend** is left out: the bank has too few questions for its section **Depth**. `/mock plans` lists those that can be used. Whoever runs the bot finds in its log how to mend this one.
    - **Mid-level backend** is left out: the bank has no topic `gardening` for its section **Depth**. `/mock plans` lists those that can be used. Whoever runs the bot finds in its log how to mend this one.
    - In this plan two people interview each other. Name exactly one other person, or choose another plan: `/mock plans` lists them.
    - <@2> can take only one part in an interview. Name each person once.
    - You have an interview that is not over, in <#7>. `/mock end` ends it.
    - <@2> has an interview that is not over. Those who take part see it with `/mock status`, and end it with `/mock end`.
    - 10 interviews that you asked for are not over. Seal your scorecards in their threads; what is missing after a day is not waited for.
    - The bank has too few questions for the section **Depth** of this plan. `/mock plans` lists other plans.
    - There is no interview here. Run this in its thread, or start one with `/mock start`.
    - I do not know this interview any more. `/mock history` shows those that you had.
    - Only those who interview can do that.
    - Only the candidate can do that: <@1>.
    - Only those who take part in this interview can do that.
    - Somebody was faster, or this belongs to an earlier question. The newest message has the buttons that count.
    - That does not fit now. `/mock status` says how far the interview is.
    - Nobody who interviews is here yet. It can begin when one of them has pressed **Join**.
    - Roles swap only where one person interviews one other, and only once.
    - Before you seal it, choose a band for **Communication** and **Trade-offs**.
    - You sealed your scorecard, and sealing is final. It opens when all are sealed.
    - I cannot save anything at the moment, so I changed nothing. Please try again later; if it lasts, tell whoever runs the bot to look at its log.
    - I cannot save anything at the moment, so I cannot promise this. Please look again later; if it lasts, tell whoever runs the bot to look at its log.
    - There is too much to do at the moment. Please try again in a minute.
    - That is faster than I let one person ask. Please try again in 3 seconds.
    - That is faster than I let one person ask. Please try again in 1 second.
    ");
}

#[test]
fn no_text_shouts() {
    for refusal in all() {
        assert!(!said(&View::Refusal(refusal)).contains('!'));
    }
    assert!(!said(&View::Help).contains('!'));
}

#[test]
fn every_refusal_of_own_practice_says_what_and_the_way_out() {
    use OwnRefusal as R;
    let all = [
        R::QuestionGone,
        R::SprintGone,
        R::CannotTakeBack,
        R::GradedToday,
        R::NothingForSprint,
        R::FinishInterviewFirst(Some(ChannelId(5))),
        R::FinishInterviewFirst(None),
        R::BadHours("ten to `seven`".to_owned()),
        R::TooManyReports,
        R::NobodyReads,
        R::ReportGone,
        R::NoDigest,
        R::StillInOlderFiles,
        R::NoHint,
        R::NoFollowUp,
    ];
    let said = |refusal: &R| {
        let messages = render(&View::Refusal(Refusal::Own(refusal.clone())));
        format!("- {}", messages[0].embeds[0].description)
    };
    insta::assert_snapshot!(all.iter().map(said).collect::<Vec<_>>().join("\n"), @"
    - This question is no longer in the bank. `/review` goes on with others.
    - This sprint is over. `/sprint` begins another one.
    - Only your last grade can be taken back, on the day on which you gave it.
    - This question has its grade for today. It comes back when it is due.
    - No short question is left for that today: what you graded today rests. Try another topic, or more with `/quiz`.
    - You take part in an interview that is not over, in <#5>. `/mock end` ends it; then this works.
    - You take part in an interview that is not over. `/mock end` in its thread ends it; then this works.
    - `ten to 'seven'` are no hours. Write them like `22:00-07:00`, or leave the field empty.
    - There are 200 reports that nobody has looked at. Please tell whoever keeps the bank: `/reports` lists them.
    - A report from a private chat would reach nobody. Press **Report** in a server where I am, under the same question: `/question` finds it. Or tell whoever runs me.
    - This report is settled already.
    - There is no weekly post. `/digest set` begins one.
    - Everything about you is forgotten, and cannot be brought back. Older files still hold it for the moment: the rest is removed as soon as the disk allows. You need do nothing more.
    - This question has no hint.
    - This question has no further follow-up.
    ");
}
