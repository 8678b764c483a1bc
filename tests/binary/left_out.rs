//! A plan that the bank cannot fill: the bot starts without it, and everybody is told who asks.

use insta::assert_snapshot;

use crate::process::{Place, discord, slash, text};

#[tokio::test]
async fn a_plan_that_the_bank_cannot_fill_is_left_out_with_one_warning() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let plan = "title: Ours\nabout: What is there.\nrubric: ours\nsections:\n  \
                - { title: All, minutes: 5, questions: 4 }\n";
    place.write("config/plans/ours.yaml", plan);
    let more = "  - { title: Plants, minutes: 5, questions: 1 }\n";
    let theirs = plan.replace("Ours", "Theirs").replace("questions: 4", "questions: 9");
    place.write("config/plans/theirs.yaml", format!("{theirs}{more}"));
    place.write(
        "config/rubrics/ours.yaml",
        "title: Ours\ndimensions: [{ title: Depth, bands: [a, b, c, d] }]\n",
    );
    let mut bot = place.start(&discord).await;
    assert_snapshot!(place.lines(&bot.log(), &["WARN"]), @r#"WARN mockingbird::app: a plan of interviews is left out, because the bank cannot fill it; `mockingbird check` shows all that is missing plan=theirs section="All" missing="this section asks more questions (9) than the bank has for it (4)" at="config/plans/theirs.yaml:5:42" help="allow more topics, levels or kinds, or ask fewer" more=1"#);
    let refused = slash(&discord, "ann", "mock start", &[("plan", "theirs")]).await;
    assert_snapshot!(text(&refused), @"**Theirs** is left out: the bank has too few questions for its section **All**. `/mock plans` lists those that can be used. Whoever runs the bot finds in its log how to mend this one.");
    let plans = slash(&discord, "ann", "mock plans", &[]).await;
    assert_snapshot!(text(&plans), @"
    Plans
    **Ours** (`ours`): 5 minutes, 4 questions
    What is there.
    -# All (5 minutes)

    `/mock start plan:…` begins one.

    **Theirs** is left out: the bank has too few questions for its section **All**.
    ");
    assert_eq!(bot.stop().await, Some(0));
    assert_eq!(discord.complaints(), Vec::<String>::new());
}
